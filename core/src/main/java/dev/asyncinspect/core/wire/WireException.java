package dev.asyncinspect.core.wire;

import java.io.IOException;

/** The other side sent bytes that this wire version does not allow. The message is one line for a person. */
public final class WireException extends IOException {

    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }
}
