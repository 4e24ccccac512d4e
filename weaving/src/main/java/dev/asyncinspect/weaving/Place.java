package dev.asyncinspect.weaving;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where in a method a hook sits.
 *
 * @param kind what happens there
 * @param member the method that is called, by name or as {@code afterDone(Z)V}, or the field that is stored; several are
 *     separated by {@code |}; null at entry, at exit and where it throws
 * @param which only the n-th such place of the method, counted from 1 in the order of the bytecode; 0 = each
 */
public record Place(Kind kind, @Nullable String member, int which) {

    /** What happens at a place. */
    public enum Kind {
        /** Before the first instruction; not in a constructor, where there is no object yet. */
        ENTRY,
        /** Before each return; not when the method ends by an exception. */
        EXIT,
        /** Before a call, its arguments on the stack. */
        BEFORE_CALL,
        /** After a call has returned, its result on the stack. */
        AFTER_CALL,
        /** After a field was stored. */
        AFTER_STORE,
        /** Where the method ends by an exception, of itself or of what it calls; only a constant can be handed over there. */
        THROWN
    }

    public Place {
        if ((member == null) != (kind == Kind.ENTRY || kind == Kind.EXIT || kind == Kind.THROWN)) {
            throw new IllegalArgumentException("a place at " + kind + " cannot have the member " + member);
        }
        if (which < 0) {
            throw new IllegalArgumentException("places are counted from 1: " + which);
        }
    }

    public static Place entry() {
        return new Place(Kind.ENTRY, null, 0);
    }

    public static Place exit() {
        return new Place(Kind.EXIT, null, 0);
    }

    public static Place thrown() {
        return new Place(Kind.THROWN, null, 0);
    }

    public static Place beforeCall(String method) {
        return new Place(Kind.BEFORE_CALL, method, 0);
    }

    public static Place afterCall(String method) {
        return new Place(Kind.AFTER_CALL, method, 0);
    }

    public static Place afterStore(String field) {
        return new Place(Kind.AFTER_STORE, field, 0);
    }

    /** The n-th of these places in a method alone, counted from 1. */
    public Place only(int n) {
        return new Place(kind, member, n);
    }

    /** Whether this kind of thing happens here, to that member. Asked at each instruction, so it makes no objects. */
    boolean is(Kind happens, @Nullable String name, String descriptor) {
        if (happens != kind || member == null || name == null) {
            return happens == kind;
        }
        for (int from = 0; from <= member.length(); ) {
            int bar = member.indexOf('|', from);
            int to = bar < 0 ? member.length() : bar;
            if (isFrom(from, to, name, descriptor)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    /** Whether this part of the members is that one, by its name or by its name and descriptor. */
    private boolean isFrom(int from, int to, String name, String descriptor) {
        int rest = to - from - name.length();
        return member != null
                && rest >= 0
                && member.startsWith(name, from)
                && (rest == 0 || (rest == descriptor.length() && member.startsWith(descriptor, to - rest)));
    }

    @Override
    public String toString() {
        String text = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return text + (member == null ? "" : " " + member) + (which == 0 ? "" : " #" + which);
    }
}
