package dev.asyncinspect.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where answers go and how they may look.
 *
 * @param out results
 * @param err everything else
 * @param colour whether to colour the results
 * @param ascii whether to keep to ASCII
 * @param width the column at which tables and trees are cut, 0 to leave them whole
 * @param screen columns of the screen, where longer lines are broken; 0 if that is not known or there is none
 */
record Terminal(PrintStream out, PrintStream err, boolean colour, boolean ascii, int width, int screen) {

    /*
     * Names of threads and classes come from the observed program and may hold anything, escape sequences included. A line
     * is therefore cleaned as a whole when it is printed; colours travel to that point as characters of the private use
     * area and become escape sequences there. A name with such a character at most changes a colour.
     */

    private static final char PLAIN = '\uE00F';

    /** Columns of a character that is told by its number. */
    private static final int ESCAPED = 6;

    /** How much something matters, and so its colour. */
    enum Tone {
        BAD('\uE000', "31;1"),
        WARNING('\uE001', "33;1"),
        NOTE('\uE002', "36"),
        GOOD('\uE003', "32;1"),
        QUIET('\uE004', "2");

        private final char mark;
        private final String escape;

        Tone(char mark, String code) {
            this.mark = mark;
            this.escape = "\u001b[" + code + "m";
        }

        private static String escape(char mark) {
            for (Tone tone : values()) {
                if (tone.mark == mark) {
                    return tone.escape;
                }
            }
            return mark == PLAIN ? "\u001b[0m" : "";
        }
    }

    /** The text in a colour, if colours are on. */
    String paint(Tone tone, String text) {
        return colour ? tone.mark + text + PLAIN : text;
    }

    /** Prints a result line; if the screen is narrower than that, in several. */
    void line(String text) {
        if (screen == 0 || width != 0) {
            exactly(text);
        } else {
            Wrapping.lines(text, screen, this::columns).forEach(this::exactly);
        }
    }

    /** Prints a line that another program is to read, as one however long it is. */
    void exactly(String text) {
        out.println(printable(text));
    }

    /** Whether nobody gets what is printed, so that to go on is in vain. */
    boolean isGone() {
        return out instanceof Results results && results.isGone();
    }

    /** Prints a result line that is empty. */
    void line() {
        out.println();
    }

    /** How wide a table of many columns may be, 0 for as wide as it likes: a row that goes on in the next line is no row. */
    int tableWidth() {
        return width == 0 ? screen : width;
    }

    /** The text as one row of a table, cut where the user wants it. */
    String fit(String text) {
        return width == 0 ? text : cut(text, width);
    }

    /** The text, or as much of its beginning as there is room for; no character is cut in two. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                clean.append(c);
            } else if (colour && !Tone.escape(c).isEmpty()) {
                clean.append(Tone.escape(c));
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                clean.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (ascii) {
                clean.append(inAscii(c));
            } else {
                clean.append(c);
            }
        }
        return clean.toString();
    }

    /** How many columns a character takes once it is printable. */
    private int columns(int character) {
        char c = (char) character;
        if (c >= ' ' && c < 0x7f) {
            return 1;
        }
        if (colour && !Tone.escape(c).isEmpty()) {
            return 0;
        }
        if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            return ESCAPED;
        }
        return ascii ? inAscii(c).length() : Character.isLowSurrogate(c) ? 0 : 1;
    }

    private static String inAscii(char c) {
        return switch (c) {
            case '→' -> "->";
            case '←' -> "<-";
            case '…' -> "...";
            case '•' -> "*";
            case '×' -> "x";
            case '·', '–', '─' -> "-";
            case '└' -> "`";
            case '├', '│' -> "|";
            case '≥' -> ">=";
            case '█' -> "#";
            case '▄' -> "=";
            case '▒' -> "+";
            case '░' -> ".";
            case '✓' -> "v";
            case '✗' -> "x";
            case '⊘' -> "o";
            default -> "?";
        };
    }
}
