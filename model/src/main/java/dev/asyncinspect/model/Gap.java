package dev.asyncinspect.model;

import java.util.Locale;

/**
 * Something that a snapshot could not see.
 *
 * @param what what is missing: {@code owners of java.util.concurrent locks of virtual threads}
 * @param remedy how to see it: {@code attach to see}; empty if there is no way
 */
public record Gap(String what, String remedy) {

    /** So many of a sort: {@code 1,234 events} and what became of them. */
    public static Gap of(long number, String noun, String rest, String remedy) {
        return new Gap(String.format(Locale.ROOT, "%,d %s%s%s", number, noun, number == 1 ? "" : "s", rest), remedy);
    }

    @Override
    public String toString() {
        return remedy.isEmpty() ? what : what + " (" + remedy + ")";
    }
}
