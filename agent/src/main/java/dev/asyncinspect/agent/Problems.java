package dev.asyncinspect.agent;

import java.util.ArrayList;
import java.util.List;

/** What went wrong and no client has been told yet. The agent never prints, so this is its only voice. For one thread. */
final class Problems {

    private static final int MAX_LINES = 32;

    private final List<String> lines = new ArrayList<>();
    private long untold;

    void add(String line) {
        if (lines.size() < MAX_LINES) {
            lines.add(line);
        } else {
            untold++;
        }
    }

    void add(String what, Throwable error) {
        add(what + ": " + line(error));
    }

    /** The class of an error and the first line of its message. */
    static String line(Throwable error) {
        String text = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        return error.getClass().getName() + ": " + text;
    }

    /** All lines, and how many more there were; forgets them. */
    List<String> take() {
        List<String> taken = new ArrayList<>(lines);
        if (untold > 0) {
            taken.add("and " + untold + " problems more");
        }
        lines.clear();
        untold = 0;
        return taken;
    }
}
