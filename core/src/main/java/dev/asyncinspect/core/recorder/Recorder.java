package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.SlotSink;
import dev.asyncinspect.core.fold.SampleRates;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the program's threads: {@code recorder.pollStart(recorder.now(), taskId, threadId)}. An event is written or dropped and
 * counted; it never blocks, throws, allocates or retains. Who calls it passes the time, so that one reading of the clock can do for two events.
 */
public final class Recorder extends EventEncoder {

    /* Rings are striped by the id of the current thread: the events of one thread stay in order, and threads that run at the same
     * time rarely meet in one ring. The number of stripes is bounded by the processors, not by the threads.
     *
     * Off is one read of a volatile boolean, on usual processors a plain load. */

    /**
     * The version of what an agent relies on here. It takes the events of this recorder over while it records, by what {@link #isOn},
     * {@link #tellsAwaits}, {@link #newTaskId} and {@link #newResourceId} return and {@link #slot} is given, and asks {@link #symbols},
     * {@link #nextTaskId}, {@link #nextResourceId} and {@link #countFrom}, by name. Whoever changes the meaning of one of them, or of the
     * layout of events, counts it up: agents leave versions alone that they do not know.
     */
    public static final int ENTRY_POINTS = 1;

    private static final int MAX_STRIPES = 64;
    private static final int STRIPES_PER_PROCESSOR = 4;
    private static final int DEFAULT_SLOTS = 4096;
    private static final int FEWEST_SLOTS = 64;
    private static final int MAX_SYMBOLS = 100_000;
    private static final long MAX_SYMBOL_CHARS = 4_000_000;

    private final Ring[] stripes;
    private final int stripeMask;
    private final int slots;
    private final SymbolTable symbols = new SymbolTable(MAX_SYMBOLS, MAX_SYMBOL_CHARS);
    private final AwaitLabels labels = new AwaitLabels(this);
    private final Followed followed = new Followed();
    private final AtomicLong nextTaskId = new AtomicLong(EventLayout.FIRST_TASK_ID);
    private final AtomicLong nextResourceId = new AtomicLong(1);
    private final AtomicLong untold = new AtomicLong();
    /** Which tasks are followed. Written before it is turned on, which is what makes it visible to the program's threads. */
    private SampleRates rates = new SampleRates(1);
    /** Null while all are followed, and written like that. */
    private @Nullable Selector selector;

    private volatile boolean on;
    private volatile boolean awaits = true;
    /** Who empties the rings; woken when one is half full, so that it may sleep long otherwise. */
    private volatile @Nullable Thread reader;

    /**
     * A recorder that is off.
     *
     * @param stripes how many rings, a power of two
     * @param slots events in each, a power of two
     */
    Recorder(int stripes, int slots) {
        if (stripes < 1 || Integer.bitCount(stripes) != 1) {
            throw new IllegalArgumentException("stripes must be a power of two: " + stripes);
        }
        this.stripes = new Ring[stripes];
        for (int i = 0; i < stripes; i++) {
            this.stripes[i] = new Ring(slots);
        }
        stripeMask = stripes - 1;
        this.slots = slots;
    }

    /** At which labelled awaits threads are. */
    public AwaitLabels labels() {
        return labels;
    }

    /** Which threads work on tasks that are followed. */
    public Followed followed() {
        return followed;
    }

    /** The recorder of the program, which its API and its integrations share. */
    public static Recorder global() {
        return Global.RECORDER;
    }

    private static final class Global {
        static final Recorder RECORDER = create();
    }

    /** A new recorder, off: memory grows with the processors, 128 KB a ring, and is bounded. */
    public static Recorder create() {
        int wanted = Runtime.getRuntime().availableProcessors() * STRIPES_PER_PROCESSOR;
        int stripes = Integer.highestOneBit(Math.min(MAX_STRIPES, wanted));
        return new Recorder(stripes, DEFAULT_SLOTS);
    }

    /** A new recorder, off, with next to no memory: for events that nobody will read. */
    public static Recorder createForNobody() {
        return new Recorder(1, FEWEST_SLOTS);
    }

    /** Whether it was made for events that nobody will read. */
    public boolean isForNobody() {
        return slots == FEWEST_SLOTS;
    }

    /** True while events are taken. Ask before reading the clock. */
    public boolean isOn() {
        return on;
    }

    /** True if it was turned on here, and not only an agent takes the events. */
    public boolean isTurnedOn() {
        return on;
    }

    /** From now on events are taken, or no longer. */
    public void turn(boolean on) {
        this.on = on;
    }

    /** True while acts of waiting are to be told, too. */
    public boolean tellsAwaits() {
        return on && awaits;
    }

    /** From now on acts of waiting are told, or not. */
    public void turnAwaits(boolean tell) {
        awaits = tell;
    }

    /** The clock of all events. */
    public long now() {
        return System.nanoTime();
    }

    /** An id for a task that is no thread; never given twice. */
    public long newTaskId() {
        return nextTaskId.getAndIncrement();
    }

    /** A number for a resource; never given twice. */
    public long newResourceId() {
        return nextResourceId.getAndIncrement();
    }

    /** The id that the next task will have, unless somebody else counts. */
    public long nextTaskId() {
        return nextTaskId.get();
    }

    /** The number that the next resource will have, unless somebody else counts. */
    public long nextResourceId() {
        return nextResourceId.get();
    }

    /** New ids are these or greater ones from now on. */
    public void countFrom(long taskId, long resourceId) {
        nextTaskId.accumulateAndGet(taskId, Math::max);
        nextResourceId.accumulateAndGet(resourceId, Math::max);
    }

    /** The number of this text, 0 for null. Known texts are found without allocating; intern what is constant once and keep the number. */
    public int symbol(@Nullable String text) {
        return symbols.symbol(text);
    }

    /** The texts of all symbols given out. */
    public SymbolTable symbols() {
        return symbols;
    }

    @Override
    public void slot(long head, long nanos, long taskId, long argument) {
        if (!on) {
            return;
        }
        long thread = ThreadIds.current();
        Selector selecting = selector;
        if (selecting != null && !selecting.takes(head, taskId, argument, thread)) {
            return;
        }
        Ring ring = stripes[(int) thread & stripeMask];
        if (ring.offer(head, nanos, taskId, argument) == Ring.HALF_FULL) {
            Thread waiting = reader;
            if (waiting != null) {
                LockSupport.unpark(waiting);
            }
        }
    }

    /**
     * Of which tasks to tell, from the next time that it is turned on. Pumps ask at their beginning.
     *
     * @param oneIn how many there are for one that is followed
     * @param changes whether {@link #rates} are going to change
     */
    public void follow(int oneIn, boolean changes) {
        rates = new SampleRates(oneIn);
        selector = oneIn > 1 || changes ? new Selector(rates) : null;
    }

    /** Which tasks are followed. */
    public SampleRates rates() {
        return rates;
    }

    /** Whether this task is to be told of. What hooks ask before they remember it; of one that is not, they tell that it is created, which is counted. */
    public boolean follows(long taskId) {
        return selector == null || rates.follows(taskId);
    }

    /** Whether all tasks are followed, for ever. */
    boolean followsAll() {
        return selector == null;
    }

    /** Whether anything of this thread is to be told. What hooks ask before they read the clock. */
    public boolean tells(long thread) {
        Selector selecting = selector;
        return selecting == null || selecting.tells(thread);
    }

    /** How many tasks were created of which that was not written. */
    long unwritten() {
        Selector selecting = selector;
        return selecting == null ? 0 : selecting.unwritten();
    }

    void reader(@Nullable Thread reader) {
        this.reader = reader;
    }

    /** So many events in a pass that the next one should follow at once. */
    int manyEvents() {
        return slots / 4;
    }

    /** How many events found no room since the beginning. */
    public long dropped() {
        long dropped = 0;
        for (Ring ring : stripes) {
            dropped += ring.dropped();
        }
        return dropped;
    }

    /** A task is not told of, for lack of room where somebody keeps which tasks there are. Any thread. */
    public void countUntold() {
        untold.incrementAndGet();
    }

    /** How many tasks are not told of. */
    public long untold() {
        return untold.get();
    }

    /** Takes what is there, ring by ring; in each the oldest first. One thread only. */
    public int drain(SlotSink to) {
        int taken = 0;
        for (Ring ring : stripes) {
            taken += ring.drain(to);
        }
        return taken;
    }

    /** Throws away what nobody will read: for measurements on a recorder without a pump. */
    public void discard() {
        drain((head, nanos, taskId, argument) -> {});
    }
}
