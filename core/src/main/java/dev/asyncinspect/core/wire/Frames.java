package dev.asyncinspect.core.wire;

/** Puts a body into a frame. */
final class Frames {

    private Frames() {}

    /** Appends one frame to {@code out} and empties the body for the next one. */
    static void append(int type, WireBuffer body, WireBuffer out) {
        out.unsigned(1L + body.length());
        out.octet(type);
        out.append(body);
        body.clear();
    }
}
