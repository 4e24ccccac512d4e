package dev.asyncinspect.weaving;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One place in a class of the JDK or of a library, and what to do when a thread comes by.
 *
 * <pre>{@code
 * Hook.named("virtual-thread.poll-start")
 *         .in("java.lang.VirtualThread").method("runContinuation", "()V")
 *         .at(Place.beforeCall("mount"))
 *         .handing(Capture.self())
 *         .to((thread, nothing) -> recorder.pollStart(...));
 * }</pre>
 */
public final class Hook {

    /*
     * What is inserted is straight-line code: push two values, call one static method of the bridge. It branches nowhere and
     * keeps no variable, so the frames of the method stay as they are, and a verifier has nothing new to prove.
     *
     *   pair    (a, b)      handed to a BiConsumer; b is null if there is one capture only
     *   number  (n, a)      handed to an ObjLongConsumer: the first capture is an int, a long or a constant
     *
     * The stack decides the order: a capture of TOP must come first, because the others are pushed above it; UNDER and TOP are
     * doubled together.
     */

    private final String name;
    private final String type;
    private final List<Method> methods;
    private final int atLeast;
    private final Place place;
    private final List<Capture> captures;
    private final @Nullable BiConsumer<Object, @Nullable Object> pair;
    private final @Nullable ObjLongConsumer<Object> number;
    private final boolean whenLoaded;

    private Hook(
            Draft draft,
            @Nullable BiConsumer<Object, @Nullable Object> pair,
            @Nullable ObjLongConsumer<Object> number) {
        this.name = draft.name;
        this.type = draft.type;
        this.methods = draft.methods;
        this.atLeast = draft.atLeast;
        this.place = draft.place;
        this.captures = draft.captures;
        this.pair = pair;
        this.number = number;
        this.whenLoaded = draft.whenLoaded;
    }

    /** Begins a hook; its name is {@code what.moment} and what the hook table shows. */
    public static Draft named(String name) {
        return new Draft(name);
    }

    public String name() {
        return name;
    }

    /** Name of the class, with dots. */
    public String type() {
        return type;
    }

    /** Whether the class is not to be loaded for the sake of the hook. */
    boolean isWhenLoaded() {
        return whenLoaded;
    }

    List<Method> methods() {
        return methods;
    }

    int atLeast() {
        return atLeast;
    }

    Place place() {
        return place;
    }

    List<Capture> captures() {
        return captures;
    }

    @Nullable
    BiConsumer<Object, @Nullable Object> pair() {
        return pair;
    }

    @Nullable
    ObjLongConsumer<Object> number() {
        return number;
    }

    /** Whether its action is handed a number, the first value. */
    public boolean takesNumber() {
        return number != null;
    }

    /** Whether its action is handed two objects. */
    public boolean takesTwoObjects() {
        return pair != null && captures.size() == 2;
    }

    /**
     * Runs the action once outside of woven code, so that whatever it needs is loaded and linked before a thread of the program comes by,
     * perhaps in the middle of the loading of a class. Throws what the action throws.
     *
     * @param first what it is handed first, or after the number
     * @param second what it is handed second, if it is handed two objects
     * @param count the number that it is handed, if it is handed one
     */
    public void rehearse(Object first, @Nullable Object second, long count) {
        if (pair != null) {
            pair.accept(first, second);
        } else if (number != null) {
            number.accept(first, count);
        }
    }

    /** Whether the object that it is in is what it is handed (first, or after a number), and this is an object of that class. */
    public boolean isFor(Object object) {
        int first = number == null ? 0 : 1;
        if (captures.size() <= first || captures.get(first).kind() != Capture.Kind.SELF) {
            return false;
        }
        for (Class<?> of = object.getClass(); of != null; of = of.getSuperclass()) {
            if (of.getName().equals(type)) {
                return true;
            }
        }
        return false;
    }

    boolean isIn(String method, String descriptor) {
        for (Method candidate : methods) {
            if (candidate.name.equals(method)
                    && (candidate.descriptor == null || candidate.descriptor.equals(descriptor))) {
                return true;
            }
        }
        return false;
    }

    /** {@code java.lang.VirtualThread.runContinuation before call mount}, for people. */
    String where() {
        StringBuilder text = new StringBuilder(type).append('.');
        for (int i = 0; i < methods.size(); i++) {
            text.append(i == 0 ? "" : "|").append(methods.get(i).name);
        }
        return text.append(' ').append(place).toString();
    }

    /**
     * A method that a hook is woven into.
     *
     * @param name as in the class file, {@code <init>} for a constructor
     * @param descriptor as in the class file, null for all of that name
     */
    record Method(String name, @Nullable String descriptor) {

        static Method of(String member) {
            int descriptor = member.indexOf('(');
            return descriptor < 0
                    ? new Method(member, null)
                    : new Method(member.substring(0, descriptor), member.substring(descriptor));
        }
    }

    /** A hook in the making. */
    public static final class Draft {

        private final String name;
        private String type = "";
        private List<Method> methods = List.of();
        private int atLeast = 1;
        private Place place = Place.entry();
        private boolean whenLoaded;
        private List<Capture> captures = List.of(Capture.self());

        private Draft(String name) {
            this.name = name;
        }

        /** The class, its name with dots. */
        public Draft in(String className) {
            type = className;
            return this;
        }

        /** The method with exactly that descriptor. */
        public Draft method(String method, String descriptor) {
            methods = List.of(new Method(method, descriptor));
            return this;
        }

        /**
         * All these methods, by name or as {@code acquire(I)V}; those that are missing are passed over while enough places are
         * found.
         */
        public Draft methods(String... members) {
            List<Method> all = new ArrayList<>(members.length);
            for (String member : members) {
                all.add(Method.of(member));
            }
            methods = all;
            return this;
        }

        /** How many places there must be, else the hook is not used; 1 if not said. */
        public Draft atLeast(int places) {
            atLeast = places;
            return this;
        }

        /**
         * The class need not be there: the hook is pending until the program loads it, from the boot loader or the one of the platform.
         * Without this it is loaded from the boot loader at once.
         */
        public Draft whenLoaded() {
            whenLoaded = true;
            return this;
        }

        public Draft at(Place where) {
            place = where;
            return this;
        }

        /** One or two values; the object itself if not said. */
        public Draft handing(Capture... values) {
            if (values.length < 1 || values.length > 2) {
                throw new IllegalArgumentException("a hook is handed one or two values: " + values.length);
            }
            boolean under = values[0].kind() == Capture.Kind.UNDER;
            if (under != (values.length == 2 && values[1].kind() == Capture.Kind.TOP)) {
                throw new IllegalArgumentException("the top of the stack is handed first, or after what is under it");
            }
            captures = List.of(values);
            return this;
        }

        /** Hands over one or two objects. */
        public Hook to(BiConsumer<Object, @Nullable Object> action) {
            return new Hook(this, action, null);
        }

        /** Hands over a number, the first value, and an object, the second; null if there is one value only. */
        public Hook toNumber(ObjLongConsumer<Object> action) {
            return new Hook(this, null, action);
        }
    }
}
