package dev.asyncinspect.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The place in the program where a task waits: {@code OrderService.load::await#2 of 3 (fetchPosts) OrderService.java:41}.
 *
 * @param frame the innermost frame of the program itself; its class and method name the place
 * @param callee what is called there: a method name, or {@code synchronized}
 * @param ordinals which of the awaits of that method, counted from 1; empty if the class file was not at hand, several if
 *     the line does not tell them apart
 * @param count how many awaits the method has, 0 if not known
 */
public record AwaitSite(Frame frame, String callee, List<Integer> ordinals, int count) {

    public AwaitSite {
        ordinals = List.copyOf(ordinals);
        if (count < 0 || (count == 0) != ordinals.isEmpty()) {
            throw new IllegalArgumentException("ordinals " + ordinals + " do not fit a count of " + count);
        }
    }

    /** A place of which only the line is known. */
    public static AwaitSite lineOnly(Frame frame, String callee) {
        return new AwaitSite(frame, callee, List.of(), 0);
    }

    /** Whether the class file told which await of the method it is. */
    public boolean hasOrdinal() {
        return !ordinals.isEmpty();
    }

    /** Without the place in the file: {@code OrderService.load::await#2 of 3 (fetchPosts)}. */
    public String label() {
        if (ordinals.isEmpty()) {
            return frame.qualifiedMethod() + " (" + callee + ")";
        }
        String which = ordinals.stream().map(String::valueOf).collect(Collectors.joining("|"));
        return frame.qualifiedMethod() + "::await#" + which + " of " + count + " (" + callee + ")";
    }

    @Override
    public String toString() {
        return label() + " " + frame.place();
    }
}
