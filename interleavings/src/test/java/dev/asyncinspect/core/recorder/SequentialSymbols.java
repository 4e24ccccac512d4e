package dev.asyncinspect.core.recorder;

/** What the operations answer when one comes after the other. */
public class SequentialSymbols {

    /** The text itself. */
    public String textOfNumberOf(int text) {
        return "text " + text;
    }

    /** Always. */
    public boolean keepsItsNumber(int text) {
        return true;
    }
}
