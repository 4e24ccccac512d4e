package dev.asyncinspect.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place as a recording tells it: where a task was created, where it waits, where it took a lock.
 *
 * @param text as it was recorded; what the program calls the place, or what the recorder saw
 * @param frame the line that the text names, null if it names none
 */
public record CodeSite(String text, @Nullable Frame frame) {

    /*
     * A recording holds texts, made by whoever recorded: the string form of a StackTraceElement, the label of an await, or any
     * name that the program gave. A text is taken for a line only if it ends with a source file and a number; a name such as
     * "orders.fetch" must not become a class "orders".
     */

    private static final Pattern ELEMENT =
            Pattern.compile("(?:[^\\s()]*/)?([\\w.$]+)\\.([\\w$<>]+)\\(([^\\s():]+):(\\d{1,9})\\)");
    private static final Pattern LABEL =
            Pattern.compile("([\\w.$]+)\\.([\\w$<>]+)(?:::await#[\\d|]+(?: of \\d+)?)?(?: \\([^()]*\\))?"
                    + " ([^\\s():]+\\.\\w+):(\\d{1,9})");

    /** The place that this text names. */
    public static CodeSite of(String text) {
        for (Pattern form : new Pattern[] {ELEMENT, LABEL}) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                int line = Integer.parseInt(matcher.group(4));
                return new CodeSite(text, new Frame(matcher.group(1), matcher.group(2), matcher.group(3), line));
            }
        }
        return new CodeSite(text, null);
    }

    /** The line as people write it, or else the text. */
    @Override
    public String toString() {
        return text;
    }
}
