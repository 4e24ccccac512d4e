package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the scopes of structured concurrency: which threads were forked in one, and whether a timer ends the wait for them. */
final class ScopeReader {

    /*
     *   owner ── waits in join ──► ThreadFlock ◄── forked in ── threads, each of which runs a SubtaskImpl
     *                                                                                        └─► its scope ─► timerTask
     *
     * A scope is a thread container around a flock. The owner parks there without saying for what; and a scope with a timeout
     * (JDK 25) waits without one and is woken by a timer, which only the scope knows. The scope is reached from what a fork runs.
     */

    private static final String FLOCK = "jdk.internal.misc.ThreadFlock";
    private static final String JUC = "java.util.concurrent.";
    private static final Set<String> FORKED =
            Set.of(JUC + "StructuredTaskScopeImpl$SubtaskImpl", JUC + "StructuredTaskScope$SubtaskImpl");

    private final Threads threads;
    private final @Nullable Class<?> container;
    private final FieldReader flock;
    private final FieldReader count;
    private final FieldReader scope;
    private final FieldReader timer;

    ScopeReader(JdkDoor door, Threads threads) {
        this.threads = threads;
        container = door.type(FLOCK + "$ThreadContainerImpl");
        flock = door.fieldIfAny(FLOCK + "$ThreadContainerImpl", "flock");
        count = door.fieldIfAny(FLOCK, "threadCount");
        scope = door.fieldIfAny(JUC + "StructuredTaskScopeImpl$SubtaskImpl", "scope");
        timer = door.fieldIfAny(JUC + "StructuredTaskScopeImpl", "timerTask");
    }

    boolean isScope(Object object) {
        return container != null && container.isInstance(object);
    }

    /** Tells that this thread was forked in that scope. */
    void fork(Object of, Thread thread, Sample sample) {
        sample.threadLink(of, Relation.RUNNER, threads.id(thread));
        Object runs = threads.task(thread);
        if (runs != null && FORKED.contains(runs.getClass().getName())) {
            Object its = scope.exists() ? scope.get(runs) : null;
            sample.number(of, Relation.TIMED, its != null && timer.get(its) != null ? 1 : 0);
        }
    }

    /** Tells how many threads are in it, for whoever wants to know whether all were found. */
    void size(Object of, Sample sample) {
        Object threadsOf = flock.get(of);
        if (threadsOf != null && count.exists()) {
            sample.number(of, Relation.COUNT, count.number(threadsOf, 0));
        }
    }
}
