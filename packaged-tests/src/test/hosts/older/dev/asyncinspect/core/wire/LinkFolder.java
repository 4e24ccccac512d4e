package dev.asyncinspect.core.wire;

/** Stands for another release of the library, which a program ships. */
public final class LinkFolder {

    private LinkFolder() {}

    public static String whose() {
        return "the program's";
    }
}
