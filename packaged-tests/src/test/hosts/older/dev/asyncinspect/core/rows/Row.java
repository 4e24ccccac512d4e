package dev.asyncinspect.core.rows;

/** Stands for another release of the library, which a program ships. */
public final class Row {

    private Row() {}

    public static String whose() {
        return "the program's";
    }
}
