package dev.asyncinspect.model;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which keys are in the logging context of which thread, put there by whom, and what that means for tasks that move to another. */
final class ContextTracks {

    /*
     *   submitted ──► the keys of the submitting thread are noted
     *   begins    ──► the keys on its thread are noted, those that an ended task has left among them
     *   runs      ──► what it puts or takes out is noted
     *   ended     ──► noted at submission and never there: LOST;  left by another and never touched: STALE
     *
     * Somebody who hands contexts on properly puts the keys when the task begins and takes them out when it ends; both happen inside the
     * task, so neither is told. Nor is anything told of a task that empties or replaces the context as a whole: it minds it.
     *
     * To be silent is the answer to every doubt: where events are missing, where threads inherit contexts, and of threads that are older
     * than the recording as long as they were not emptied once. A recording without contexts costs one comparison an event.
     */

    private static final int MOST_HOPS = 10_000;

    private final Map<Long, Map<String, Long>> onThread = new HashMap<>();
    private final Map<Long, Watched> watched = new HashMap<>();
    private final Map<Long, ArrayDeque<Long>> running = new HashMap<>();
    private final Map<Long, Long> threadOf = new HashMap<>();
    /** Threads of which all keys are known. */
    private final Set<Long> known = new HashSet<>();

    private final List<ContextHop> hops = new ArrayList<>();
    private boolean unclear;

    /** A task that was submitted with keys, or began with some. */
    private static final class Watched {
        final Map<String, Long> left = new HashMap<>();
        final Set<String> submittedWith = new HashSet<>();
        final Set<String> had = new HashSet<>();
        long submitter;
        boolean began;
        boolean minds;
        boolean onKnownThread;
    }

    List<ContextHop> hops() {
        return unclear
                ? hops.stream()
                        .filter(hop -> hop.kind() == ContextHop.Kind.STALE)
                        .toList()
                : hops;
    }

    /** Events are missing here, so that nobody knows any longer what is where. */
    void forget() {
        onThread.clear();
        watched.clear();
        running.clear();
        threadOf.clear();
        known.clear();
    }

    /**
     * A task was created.
     *
     * @param isNew whether that was seen, and not told at the beginning of what lived already
     */
    void created(long taskId, int kind, long parentId, boolean isNew) {
        if (isThread(taskId) && isNew && parentId != 0) {
            known.add(taskId);
        }
        Map<String, Long> keys = isHop(kind) ? onThread.get(threadOf(parentId)) : null;
        if (keys != null && !keys.isEmpty()) {
            Watched task = watched.computeIfAbsent(taskId, id -> new Watched());
            task.submittedWith.addAll(keys.keySet());
            task.submitter = parentId;
        }
    }

    /** Platform threads begin with an empty context and are mostly workers: what they run is told instead. */
    private static boolean isHop(int kind) {
        return kind == EventCodes.EXECUTOR_TASK
                || kind == EventCodes.FUTURE_STAGE
                || kind == EventCodes.VIRTUAL_THREAD
                || kind == EventCodes.SCOPE_FORK;
    }

    private static boolean isThread(long taskId) {
        return taskId < EventLayout.FIRST_TASK_ID;
    }

    private long threadOf(long taskId) {
        return isThread(taskId) ? taskId : threadOf.getOrDefault(taskId, 0L);
    }

    /** A task begins to run on a thread, or goes on. */
    void begins(long taskId, long threadId) {
        if (isThread(taskId)) {
            Watched task = watched.get(taskId);
            if (task != null) {
                task.began = true;
                task.onKnownThread = known.contains(taskId);
            }
            return; // it runs on a carrier, whose context is none of its business
        }
        ArrayDeque<Long> inner = running.computeIfAbsent(threadId, thread -> new ArrayDeque<>());
        if (!inner.contains(taskId)) {
            inner.addLast(taskId);
        }
        threadOf.put(taskId, threadId);
        Map<String, Long> keys = onThread.getOrDefault(threadId, Map.of());
        Watched task = keys.isEmpty() ? watched.get(taskId) : watched.computeIfAbsent(taskId, id -> new Watched());
        if (task != null) {
            task.began = true;
            task.onKnownThread = known.contains(threadId);
            task.had.addAll(keys.keySet());
            keys.forEach((key, by) -> {
                if (by != threadId && !inner.contains(by)) {
                    task.left.put(key, by);
                }
            });
        }
    }

    /** A task changes the context of its thread. */
    void changed(long taskId, TaskLink.How how, @Nullable String key, long threadId) {
        if (how == TaskLink.How.CONTEXT_UNCLEAR) {
            unclear = true;
            onThread.clear();
            watched.clear();
            return;
        }
        Map<String, Long> keys = onThread.computeIfAbsent(threadId, thread -> new HashMap<>());
        if (how == TaskLink.How.CONTEXT_CLEARED) {
            keys.clear();
            known.add(threadId);
        } else if (key != null && how == TaskLink.How.CONTEXT_PUT) {
            keys.put(key, taskId);
        } else if (key != null) {
            keys.remove(key);
        }
        touch(taskId, how, key);
        running.getOrDefault(threadId, new ArrayDeque<>()).forEach(id -> touch(id, how, key));
        touch(threadId, how, key);
    }

    private void touch(long taskId, TaskLink.How how, @Nullable String key) {
        Watched task = watched.get(taskId);
        if (task == null) {
            return;
        }
        if (how == TaskLink.How.CONTEXT_CLEARED) {
            task.minds = true;
        } else if (key != null) {
            task.left.remove(key);
            if (how == TaskLink.How.CONTEXT_PUT) {
                task.had.add(key);
            }
        }
    }

    /** A task is over. */
    void ended(long taskId) {
        Watched task = watched.remove(taskId);
        if (task != null && task.began && !task.minds && hops.size() < MOST_HOPS) {
            tell(taskId, task);
        }
        Long threadId = threadOf.remove(taskId);
        ArrayDeque<Long> inner = threadId == null ? null : running.get(threadId);
        if (inner != null) {
            inner.remove(taskId);
        }
        if (isThread(taskId)) {
            onThread.remove(taskId);
            running.remove(taskId);
            known.remove(taskId);
        }
    }

    private void tell(long taskId, Watched task) {
        for (String key : task.submittedWith) {
            if (task.onKnownThread && !task.had.contains(key)) {
                hops.add(new ContextHop(ContextHop.Kind.LOST, key, taskId, task.submitter));
            }
        }
        task.left.forEach((key, by) -> hops.add(new ContextHop(ContextHop.Kind.STALE, key, taskId, by)));
    }
}
