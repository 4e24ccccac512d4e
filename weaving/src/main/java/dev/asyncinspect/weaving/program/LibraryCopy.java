package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.recorder.Recorder;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One recorder of the program: its events are passed on to ours, with our symbols and ids. Any thread. */
final class LibraryCopy implements EventHandler {

    /*
     * New ids it has from us. Those it gave before lie below `oldTasks` and are moved, if another recorder of the program gave the
     * same ones. Symbols are looked up once each: a text is asked of its table by reflection, ours kept by its number. Two threads
     * may do that for one symbol at once, with the same result, so the array is plain; one that is outgrown in that moment
     * forgets an entry, which is then looked up anew.
     *
     * That a thread which is a task runs itself, we know better: hooks tell on which carrier it does.
     *
     * The recorder is held weakly, and nothing else of the program is.
     */

    private static final int FIRST_SYMBOLS = 256;
    private static final int MOST_SYMBOLS = 1 << 20;

    private final WeakReference<Object> theirs;
    private final Recorder ours;
    private final long oldTasks;
    private final long taskShift;
    private final long oldResources;
    private final long resourceShift;
    private volatile int[] known = new int[FIRST_SYMBOLS];

    /** A recorder that has all its ids from us. */
    LibraryCopy(Object theirs, Recorder ours) {
        this(theirs, ours, EventLayout.FIRST_TASK_ID, 0, 0, 0);
    }

    /**
     * A recorder that is older than the recording.
     *
     * @param oldTasks ids below are its own
     * @param taskShift what is added to those
     * @param oldResources numbers of resources below are its own
     * @param resourceShift what is added to those
     */
    LibraryCopy(Object theirs, Recorder ours, long oldTasks, long taskShift, long oldResources, long resourceShift) {
        this.theirs = new WeakReference<>(theirs);
        this.ours = ours;
        this.oldTasks = oldTasks;
        this.taskShift = taskShift;
        this.oldResources = oldResources;
        this.resourceShift = resourceShift;
    }

    boolean isOf(Object recorder) {
        return theirs.refersTo(recorder);
    }

    boolean isGone() {
        return theirs.refersTo(null);
    }

    /** The recorder; null if it is gone with its program. */
    @Nullable
    Object recorder() {
        return theirs.get();
    }

    void event(long head, long nanos, long taskId, long argument) {
        EventDecoder.decode(head, nanos, taskId, argument, this);
    }

    private long task(long id) {
        return id >= EventLayout.FIRST_TASK_ID && id < oldTasks ? id + taskShift : id;
    }

    private long resource(long id) {
        return id > 0 && id < oldResources ? id + resourceShift : id;
    }

    private int symbol(int symbol) {
        if (symbol <= Symbols.OVERFLOW || symbol >= MOST_SYMBOLS) {
            return symbol <= Symbols.NONE ? Symbols.NONE : Symbols.OVERFLOW;
        }
        int[] symbols = known;
        int mine = symbol < symbols.length ? symbols[symbol] : 0;
        return mine != 0 ? mine : learn(symbol);
    }

    private int learn(int symbol) {
        String text = text(symbol);
        if (text == null) {
            return Symbols.OVERFLOW;
        }
        int mine = ours.symbol(text);
        int[] symbols = known;
        if (symbol >= symbols.length) {
            symbols = Arrays.copyOf(symbols, Integer.highestOneBit(symbol) * 2);
            known = symbols;
        }
        symbols[symbol] = mine;
        return mine;
    }

    private @Nullable String text(int symbol) {
        Object recorder = theirs.get();
        return recorder == null ? null : Theirs.text(recorder, symbol);
    }

    @Override
    public void created(long nanos, long taskId, int kind, int site, long parentId) {
        ours.created(nanos, task(taskId), kind, symbol(site), task(parentId));
    }

    @Override
    public void named(long nanos, long taskId, int name, long runtimeId) {
        ours.named(nanos, task(taskId), symbol(name), runtimeId);
    }

    @Override
    public void pollStart(long nanos, long taskId, long threadId) {
        if (taskId != threadId) {
            ours.pollStart(nanos, task(taskId), threadId);
        }
    }

    @Override
    public void pollEnd(long nanos, long taskId, int reason, int label, long threadId) {
        if (taskId != threadId) {
            ours.pollEnd(nanos, task(taskId), reason, symbol(label), threadId);
        }
    }

    @Override
    public void awaitStart(long nanos, long taskId, int flags, int label, long resourceId) {
        ours.awaitStart(nanos, task(taskId), flags, symbol(label), resource(resourceId));
    }

    @Override
    public void awaitEnd(long nanos, long taskId, int how, long resourceId) {
        ours.awaitEnd(nanos, task(taskId), how, resource(resourceId));
    }

    @Override
    public void woken(long nanos, long taskId, int how, long wakerId) {
        ours.woken(nanos, task(taskId), how, task(wakerId));
    }

    @Override
    public void ended(long nanos, long taskId, int outcome, int throwable) {
        ours.ended(nanos, task(taskId), outcome, symbol(throwable));
    }

    @Override
    public void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        ours.acquired(nanos, task(taskId), mode, permits, symbol(site), resource(resourceId));
    }

    @Override
    public void released(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        ours.released(nanos, task(taskId), mode, permits, symbol(site), resource(resourceId));
    }

    @Override
    public void point(long nanos, long taskId, int label, long message) {
        ours.point(nanos, task(taskId), symbol(label), symbol((int) message));
    }

    @Override
    public void linked(long nanos, long taskId, int how, int label, long otherId) {
        ours.linked(nanos, task(taskId), how, symbol(label), task(otherId));
    }

    @Override
    public void resource(long nanos, int kind, int capacity, int name, long resourceId) {
        ours.resource(nanos, kind, capacity, symbol(name), resource(resourceId));
    }

    /** Told by a pump to its own readers, never to a recorder. */
    @Override
    public void dropped(long nanos, int why, long events) {}

    /** Likewise: ours has its own clock. */
    @Override
    public void clock(long nanos, long epochNanos) {}
}
