package dev.asyncinspect.agent.jdk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for objects of some kind in the fields of a thread's own classes and of what it was told to run, a few steps far. */
final class NearObjects {

    /*
     * Of a thread only the fields count that classes below Thread add: those of Thread itself lead to class loaders and to the
     * values of all thread-locals. What everybody refers to, and what leads to the whole program, is not looked into; from one
     * thread only so many objects are. Whoever looks must be able to say when threads were left out altogether, for then
     * somebody may be missing.
     */

    private static final int MOST_OBJECTS = 1_000;
    private static final int MOST_IN_ALL = 200_000;

    private final ObjectFields fields;
    private final Predicate<Object> wanted;
    private int looked;
    private boolean whole;

    /**
     * One that was found.
     *
     * @param field class and name of the field that has it, {@code shop.Log.lines}; empty in an array
     * @param steps how far the owner of that field is away: 0 if it is the thread itself or what it runs
     */
    record Near(Object object, String field, int steps) {}

    private record Step(Object object, int steps) {}

    NearObjects(ObjectFields fields, Predicate<Object> wanted) {
        this.fields = fields;
        this.wanted = wanted;
    }

    /** Begins a new sample. */
    void begin() {
        looked = 0;
        whole = fields.available();
    }

    /** Whether since then no thread or work was left out. */
    boolean isWhole() {
        return whole;
    }

    /** What is near this thread, null for none, and this piece of work. */
    List<Near> of(@Nullable Thread thread, @Nullable Object work, int mostSteps) {
        List<Near> found = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Step> open = new ArrayDeque<>();
        if (thread != null && thread.getClass() != Thread.class) {
            seen.add(thread);
            open.add(new Step(thread, 0));
        }
        if (work != null && leadsOn(work) && seen.add(work)) {
            open.add(new Step(work, 0));
        }
        while (!open.isEmpty()) {
            Step step = open.remove();
            looked++;
            if (looked > MOST_IN_ALL) {
                whole = false;
                return found;
            }
            fields.named(step.object(), Thread.class, (field, value) -> {
                if (wanted.test(value)) {
                    found.add(new Near(value, field, step.steps()));
                } else if (step.steps() + 1 < mostSteps
                        && leadsOn(value)
                        && seen.size() < MOST_OBJECTS
                        && seen.add(value)) {
                    open.add(new Step(value, step.steps() + 1));
                }
            });
        }
        return found;
    }

    /** Whether to look into it: not if everybody refers to it, nor if it leads to the whole program. */
    static boolean leadsOn(Object object) {
        return !(object instanceof Thread
                || object instanceof Class<?>
                || object instanceof ClassLoader
                || object instanceof String
                || object instanceof Number
                || object instanceof ThreadPoolExecutor
                || object instanceof ForkJoinPool
                || object instanceof Timer);
    }
}
