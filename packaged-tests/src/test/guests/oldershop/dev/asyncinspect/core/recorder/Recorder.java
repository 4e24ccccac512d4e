package dev.asyncinspect.core.recorder;

/** Stands for another version of the library, which has no entry points for an agent. */
public final class Recorder {

    private int events;

    public boolean isOn() {
        return true;
    }

    public int slot(long head) {
        return isOn() ? ++events : 0;
    }
}
