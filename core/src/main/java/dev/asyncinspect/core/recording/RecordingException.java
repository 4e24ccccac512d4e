package dev.asyncinspect.core.recording;

import java.io.IOException;

/** A file is no recording, or one of a version that cannot be read here. The message is one line for a person. */
public final class RecordingException extends IOException {

    private static final long serialVersionUID = 1L;

    RecordingException(String message) {
        super(message);
    }
}
