package dev.asyncinspect.model;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which scoped values were bound where a task was created, and which of them the task found unbound. */
final class ScopedTracks {

    /*
     *   created   ──► the keys that are bound there are told, by their hashes, which the JDK gives out once each
     *   get()     ──► not bound: told by the thread, and so of the innermost task that it runs
     *   ended     ──► what was bound at its creation and found unbound in its own run: UNBOUND, or UNBOUND_FAILED if it ended by that exception
     *
     * Who asks isBound, orElse or orElseThrow has an answer for it, and is not recorded. Forks of a scope inherit what is bound and never
     * find it unbound. A platform thread is mostly a worker, made by whoever came first: what it runs may be no task of that one, and
     * not in the record. So of it only that it ended by the exception is told.
     *
     * Where events are missing all is forgotten.
     */

    private static final int MOST_HOPS = 10_000;
    /** What {@code get} throws from JDK 25 on; before, it says no more than what iterators say too. */
    private static final String NOT_BOUND = "java.util.NoSuchElementException: ScopedValue not bound";

    private static final String NOT_READ = "";

    private final Map<Long, Watched> watched = new HashMap<>();
    private final List<ContextHop> hops = new ArrayList<>();

    /** A task that was created where something was bound. */
    private static final class Watched {
        final long submitter;
        final boolean isPlatformThread;
        /** By the hash of each: its name and where it was found unbound, {@link #NOT_READ} until then. */
        final Map<Long, String> keys = new LinkedHashMap<>();

        Watched(long submitter, boolean isPlatformThread) {
            this.submitter = submitter;
            this.isPlatformThread = isPlatformThread;
        }
    }

    List<ContextHop> hops() {
        return hops;
    }

    /** The words for a scoped value of which only the hash is known: as it prints itself. */
    static String name(long hash) {
        return "java.lang.ScopedValue@" + Integer.toHexString((int) hash);
    }

    /** Events are missing here. */
    void forget() {
        watched.clear();
    }

    /**
     * A scoped value was bound where a task was created.
     *
     * @param task the task, null if nothing is known of it
     */
    void bound(@Nullable TaskInfo task, long hash) {
        if (task != null) {
            watched.computeIfAbsent(
                            task.id(), id -> new Watched(task.parentId(), task.kind() == TaskKind.PLATFORM_THREAD))
                    .keys
                    .putIfAbsent(hash, NOT_READ);
        }
    }

    /**
     * A task read a scoped value that was not bound.
     *
     * @param read its name and where, null if that is not known
     */
    void unbound(long taskId, long hash, @Nullable String read) {
        Watched task = watched.get(taskId);
        if (task != null) {
            task.keys.replace(hash, NOT_READ, read == null ? name(hash) : read);
        }
    }

    /**
     * A task is over.
     *
     * @param failure class and message of what it failed by, null if it did not
     */
    void ended(long taskId, @Nullable String failure) {
        Watched task = watched.remove(taskId);
        if (task == null) {
            return;
        }
        boolean failed = NOT_BOUND.equals(failure);
        for (String read : task.keys.values()) {
            if (!read.equals(NOT_READ) && (failed || !task.isPlatformThread) && hops.size() < MOST_HOPS) {
                ContextHop.Kind kind = failed ? ContextHop.Kind.UNBOUND_FAILED : ContextHop.Kind.UNBOUND;
                hops.add(new ContextHop(kind, read, taskId, task.submitter));
            }
        }
    }
}
