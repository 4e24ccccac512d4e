package dev.asyncinspect.core.wire;

/** Stands for another release of the library, which a program ships. */
public final class WireLayout {

    private WireLayout() {}

    public static String whose() {
        return "the program's";
    }
}
