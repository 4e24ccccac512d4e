package dev.asyncinspect.sources.heap;

/** A heap dump that contradicts its own form, or ends too early. */
public final class DamagedHeapException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DamagedHeapException(String what) {
        super(what);
    }
}
