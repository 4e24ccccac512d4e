package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.event.Symbols;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who holds one resource, in the order in which they took it. */
final class Holders {

    /* Most are held by one task, and a chain that is walked is all they need. Where releases were dropped, thousands seem to hold the same
     * semaphore until the end; to walk them at each event would make the reader so slow that more is dropped. So many have an index
     * by task besides. A task holds in one or two modes: those stand behind one another in the index.
     *
     *   first ──► holder ⇄ holder ⇄ holder ◄── last
     *   index: task ──► holder ──sameTask──► holder of another mode
     */

    private static final int WALKED = 8;

    private @Nullable Holder first;
    private @Nullable Holder last;
    private @Nullable LongMap<Holder> index;
    private int size;

    /** A task that holds it. */
    static final class Holder {
        final long taskId;
        final int mode;
        int permits;
        final int site;
        final long nanos;

        private @Nullable Holder before;
        private @Nullable Holder after;
        private @Nullable Holder sameTask;

        Holder(long taskId, int mode, int permits, int site, long nanos) {
            this.taskId = taskId;
            this.mode = mode;
            this.permits = permits;
            this.site = site;
            this.nanos = nanos;
        }

        ResourceInfo.Holder info(Symbols symbols) {
            return new ResourceInfo.Holder(taskId, mode, permits, symbols.text(site), nanos);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void forEach(Consumer<? super Holder> action) {
        for (Holder at = first; at != null; at = at.after) {
            action.accept(at);
        }
    }

    /** This task in this mode, null if it does not hold it. */
    @Nullable
    Holder of(long taskId, int mode) {
        LongMap<Holder> byTask = index;
        Holder at = byTask == null || taskId == 0 ? first : byTask.get(taskId);
        while (at != null && (at.taskId != taskId || at.mode != mode)) {
            at = byTask == null || taskId == 0 ? at.after : at.sameTask;
        }
        return at;
    }

    /** One more, who is not there yet. */
    void add(Holder holder) {
        holder.before = last;
        if (last == null) {
            first = holder;
        } else {
            last.after = holder;
        }
        last = holder;
        size++;
        if (index != null) {
            enter(index, holder);
        } else if (size > WALKED) {
            LongMap<Holder> byTask = new LongMap<>();
            forEach(one -> enter(byTask, one));
            index = byTask;
        }
    }

    private static void enter(LongMap<Holder> byTask, Holder holder) {
        if (holder.taskId != 0) {
            holder.sameTask = byTask.get(holder.taskId);
            byTask.put(holder.taskId, holder);
        }
    }

    /** One less, who is there. */
    void remove(Holder holder) {
        if (holder.before == null) {
            first = holder.after;
        } else {
            holder.before.after = holder.after;
        }
        if (holder.after == null) {
            last = holder.before;
        } else {
            holder.after.before = holder.before;
        }
        size--;
        if (size == 0) {
            index = null;
        } else if (index != null) {
            leave(index, holder);
        }
    }

    private static void leave(LongMap<Holder> byTask, Holder holder) {
        Holder at = holder.taskId == 0 ? null : byTask.get(holder.taskId);
        if (at == holder) {
            if (holder.sameTask == null) {
                byTask.remove(holder.taskId);
            } else {
                byTask.put(holder.taskId, holder.sameTask);
            }
            return;
        }
        while (at != null && at.sameTask != holder) {
            at = at.sameTask;
        }
        if (at != null) {
            at.sameTask = holder.sameTask;
        }
    }
}
