package dev.asyncinspect.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Breaks a line that is longer than the screen between its words. */
final class Wrapping {

    /*
     * A terminal breaks where its edge is, in the middle of words, and nobody sees what goes on from where. Here what goes on
     * begins further in, behind the bullet if there is one, and beside the lines of a tree. Two things are never broken, since people copy
     * them: a command of ours, and a word that no line has room for, such as a path. The terminal breaks those, and knows that it did.
     */

    private static final String COMMAND = "async-inspect ";
    private static final String BULLETS = "•→…-";
    private static final List<String> ENDS_OF_A_COMMAND = List.of("; ", ", ", ") ", " (");

    private final String text;
    private final int columns;
    private final IntUnaryOperator width;
    private final String indent;
    private final List<String> lines = new ArrayList<>();
    private StringBuilder line = new StringBuilder();
    private int column;

    private Wrapping(String text, int columns, IntUnaryOperator width) {
        this.text = text;
        this.columns = columns;
        this.width = width;
        this.indent = indent();
    }

    /** The lines of a text; {@code width} says how many columns a character takes. */
    static List<String> lines(String text, int columns, IntUnaryOperator width) {
        return new Wrapping(text, columns, width).lines();
    }

    private List<String> lines() {
        if (widthOf(text) <= columns) {
            return List.of(text);
        }
        int at = 0;
        while (at < text.length()) {
            int begin = at;
            while (begin < text.length() && text.charAt(begin) == ' ') {
                begin++;
            }
            int end = endOfWord(begin);
            add(text.substring(at, begin), text.substring(begin, end));
            at = end;
        }
        lines.add(line.toString());
        return lines;
    }

    private void add(String blanks, String word) {
        int needed = widthOf(word);
        boolean fits = column + blanks.length() + needed <= columns;
        boolean fitsAlone = indent.length() + needed <= columns;
        boolean begun = column > indent.length();
        if (!fits && begun && (fitsAlone || word.contains(COMMAND))) {
            lines.add(line.toString());
            line = new StringBuilder(fitsAlone ? indent : "");
            column = line.length();
        } else {
            boolean farIn = column == 0 && !fits && blanks.length() > indent.length();
            line.append(farIn ? indent : blanks);
            column += farIn ? indent.length() : blanks.length();
        }
        line.append(word);
        column += needed;
        column = column <= columns ? column : (column - 1) % columns + 1; // where the terminal goes on
    }

    /** The end of the word that begins here, or of the command. */
    private int endOfWord(int begin) {
        int end = text.indexOf(' ', begin);
        if (end < 0) {
            return text.length();
        }
        boolean quoted = text.startsWith("'" + COMMAND, begin);
        boolean inBrackets = text.startsWith("(" + COMMAND, begin);
        if (!quoted && !inBrackets && !text.startsWith(COMMAND, begin)) {
            return end;
        }
        int closed = quoted ? text.indexOf('\'', begin + 1) : inBrackets ? text.indexOf(')', begin) : text.length();
        if (!quoted && !inBrackets) {
            for (String after : ENDS_OF_A_COMMAND) {
                int there = text.indexOf(after, begin);
                closed = there < 0 ? closed : Math.min(closed, there);
            }
        }
        int blank = closed < 0 ? -1 : text.indexOf(' ', closed);
        return blank < 0 ? text.length() : blank;
    }

    private String indent() {
        StringBuilder before = new StringBuilder();
        int at = 0;
        for (; at < text.length() && " │├└─".indexOf(text.charAt(at)) >= 0; at++) {
            before.append("│├".indexOf(text.charAt(at)) >= 0 ? '│' : ' ');
        }
        int blanks = 2;
        if (at + 1 < text.length() && BULLETS.indexOf(text.charAt(at)) >= 0 && text.charAt(at + 1) == ' ') {
            int word = at + 1;
            while (word < text.length() && text.charAt(word) == ' ') {
                word++;
            }
            blanks = word - at;
        }
        before.append(" ".repeat(blanks));
        before.setLength(Math.min(before.length(), columns / 2));
        return before.toString();
    }

    private int widthOf(String some) {
        return some.chars().map(width).sum();
    }
}
