package dev.asyncinspect.core.recorder;

/** What the operations answer when one comes after the other. */
public class SequentialRing {

    /** Answers nothing. */
    public void write() {
        // nothing is answered
    }

    /** Answers nothing. */
    public void end() {
        // nothing is answered
    }

    /** Never finds anything wrong. */
    public int read() {
        return 0;
    }
}
