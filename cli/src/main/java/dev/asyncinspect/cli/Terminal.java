package dev.asyncinspect.cli;

import java.io.PrintStream;

/**
 * Where answers go and how they may look.
 *
 * @param out results
 * @param err everything else
 * @param colour whether to colour the results
 * @param ascii whether to keep to ASCII
 */
record Terminal(PrintStream out, PrintStream err, boolean colour, boolean ascii) {

    /** How much something matters, and so its colour. */
    enum Tone {
        BAD("31;1"),
        WARNING("33;1"),
        NOTE("36"),
        GOOD("32;1"),
        QUIET("2");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    /** The text in a colour, if colours are on. */
    String paint(Tone tone, String text) {
        return colour ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }

    /** Prints a result line. */
    void line(String text) {
        out.println(ascii ? toAscii(text) : text);
    }

    /** Prints a result line that is empty. */
    void line() {
        out.println();
    }

    private static String toAscii(String text) {
        return text.replace("→", "->")
                .replace("…", "...")
                .replace("•", "*")
                .replace("×", "x")
                .replace("·", "-")
                .replace("└", "`")
                .replace("├", "|")
                .replace("─", "-")
                .replace("│", "|")
                .replace("≥", ">=");
    }
}
