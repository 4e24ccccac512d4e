package dev.asyncinspect.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in columns. On a screen that is too narrow for all, those columns are left out that say least, and the last one is cut. */
final class Table {

    /** What the last column is to have of a narrow screen: it says where a task stands. */
    private static final int LEAST_REST = 24;

    private static final int LEAST_CUT = 8;

    /**
     * A column.
     *
     * @param head what stands above it
     * @param least how wide it is where there is room for all
     * @param most how much of a cell is shown
     * @param right whether it is a number
     * @param rank the highest goes first if there is no room; 0 stays
     */
    record Column(String head, int least, int most, boolean right, int rank) {

        static Column text(String head, int least, int rank) {
            return new Column(head, least, Integer.MAX_VALUE, false, rank);
        }

        static Column cut(String head, int width, int rank) {
            return new Column(head, width, width, false, rank);
        }

        static Column number(String head, int least, int rank) {
            return new Column(head, least, Integer.MAX_VALUE, true, rank);
        }
    }

    private final List<Column> columns;
    private final List<String[]> rows = new ArrayList<>();

    /** The last column, of which nothing is known, has {@code rest} above it. */
    Table(String rest, Column... columns) {
        this.columns = List.of(columns);
        row(Arrays.copyOf(Arrays.stream(columns).map(Column::head).toArray(String[]::new), columns.length + 1));
        rows.get(0)[columns.length] = rest;
    }

    /** One cell for each column, and the last one. */
    void row(String... cells) {
        rows.add(cells);
    }

    void print(Terminal terminal) {
        int screen = terminal.tableWidth();
        int[] widths = screen == 0 ? usual() : fitting(screen);
        for (int i = 0; i < rows.size(); i++) {
            String line = line(rows.get(i), widths);
            String fit = screen == 0 ? line : Terminal.cut(line, screen);
            terminal.line(i == 0 ? terminal.paint(Terminal.Tone.QUIET, fit) : fit);
        }
    }

    private int[] usual() {
        return columns.stream().mapToInt(Column::least).toArray();
    }

    /** As wide as what stands in them; 0 for a column that is left out. */
    private int[] fitting(int screen) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], Math.min(columns.get(i).most(), row[i].length()));
            }
        }
        while (used(widths) + LEAST_REST > screen && leaveOut(widths)) {
            // one after another
        }
        int over = Math.max(0, used(widths) + LEAST_REST - screen);
        for (int i = 0; i < widths.length && over > 0; i++) {
            if (columns.get(i).most() < Integer.MAX_VALUE && widths[i] > LEAST_CUT) {
                int narrower = Math.max(LEAST_CUT, widths[i] - over);
                over -= widths[i] - narrower;
                widths[i] = narrower;
            }
        }
        return widths;
    }

    private boolean leaveOut(int[] widths) {
        int last = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean may = widths[i] > 0 && columns.get(i).rank() > 0;
            if (may && (last < 0 || columns.get(i).rank() > columns.get(last).rank())) {
                last = i;
            }
        }
        if (last >= 0) {
            widths[last] = 0;
        }
        return last >= 0;
    }

    private static int used(int[] widths) {
        return Arrays.stream(widths)
                        .filter(width -> width > 0)
                        .map(width -> width + 1)
                        .sum()
                + 1;
    }

    private String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                Column column = columns.get(i);
                boolean isCut = column.most() < Integer.MAX_VALUE;
                String cell = isCut ? Terminal.cut(cells[i], widths[i]) : cells[i];
                String blanks = " ".repeat(Math.max(0, widths[i] - cell.length()));
                line.append(column.right() ? blanks + cell : cell + blanks).append(' ');
            }
        }
        return line.append(' ').append(cells[widths.length]).toString();
    }
}
