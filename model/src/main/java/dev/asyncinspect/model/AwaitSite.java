package dev.asyncinspect.model;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The place in the program where a task waits: {@code OrderService.load::await#2 of 3 (fetchPosts) OrderService.java:41}.
 *
 * @param frame the innermost frame of the program itself; its class and method name the place. {@link Frame#UNKNOWN} if the
 *     source has nothing but a name
 * @param callee what is called there: a method name, or {@code synchronized}
 * @param ordinals which of the awaits of that method, counted from 1; empty if the class file was not at hand, several if
 *     the line does not tell them apart
 * @param count how many awaits the method has, 0 if not known
 * @param name what a recording calls it, null if the source names no await
 */
public record AwaitSite(
        Frame frame,
        String callee,
        List<Integer> ordinals,
        int count,
        @Nullable String name) {

    public AwaitSite {
        ordinals = List.copyOf(ordinals);
        if (count < 0 || (count == 0) != ordinals.isEmpty()) {
            throw new IllegalArgumentException("ordinals " + ordinals + " do not fit a count of " + count);
        }
    }

    /** A place that goes by its frame. */
    public AwaitSite(Frame frame, String callee, List<Integer> ordinals, int count) {
        this(frame, callee, ordinals, count, null);
    }

    /** A place of which only the line is known. */
    public static AwaitSite lineOnly(Frame frame, String callee) {
        return new AwaitSite(frame, callee, List.of(), 0);
    }

    /** A place that a recording names. */
    public static AwaitSite named(CodeSite site) {
        Frame frame = site.frame();
        return new AwaitSite(frame == null ? Frame.UNKNOWN : frame, "", List.of(), 0, site.text());
    }

    /** Whether the class file told which await of the method it is. */
    public boolean hasOrdinal() {
        return !ordinals.isEmpty();
    }

    /** Without the place in the file: {@code OrderService.load::await#2 of 3 (fetchPosts)}. */
    public String label() {
        if (name != null) {
            return name;
        }
        if (ordinals.isEmpty()) {
            return frame.qualifiedMethod() + " (" + callee + ")";
        }
        String which = ordinals.stream().map(String::valueOf).collect(Collectors.joining("|"));
        return frame.qualifiedMethod() + "::await#" + which + " of " + count + " (" + callee + ")";
    }

    /** Where it is, as short as can be: {@code OrderService.java:41}, or the name if that is all there is. */
    public String place() {
        return name != null && frame.equals(Frame.UNKNOWN) ? name : frame.place();
    }

    @Override
    public String toString() {
        return name != null ? name : label() + " " + frame.place();
    }
}
