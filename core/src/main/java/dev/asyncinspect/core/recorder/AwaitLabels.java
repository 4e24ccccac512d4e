package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventCodes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * At which labelled await each thread is, for those that are at one: set before a call that may block, and taken away after it. Who sees the
 * thread give the processor away asks here what to call that. So a call that need not wait tells nothing and reads no clock.
 */
public final class AwaitLabels {

    /*
     * A table by the id of the thread, of fixed size: no ThreadLocal (one for each of a million virtual threads), no map. A thread belongs to
     * one bucket of eight places, a cache line. A place is taken by compare-and-set and from then on written by its thread alone, or by the
     * carrier that has just unmounted it, which the JVM orders; so the rest is opaque.
     *
     *   a place    63..18 id of the thread | 17 told | 16..0 symbol      0 = free
     *
     *   begins ──► labelled ──(a virtual thread parks: await start)──► told ──► ends (await end)
     *
     * A platform thread is told by the hooks around its park, in pairs; a virtual thread by its first park and by the end of the
     * call, however often it is woken in between: one act of waiting. Calls that stop in native code, where there is no park to
     * see, are told when they begin.
     *
     * A full bucket is counted, and that await goes by the name it would have had without a label. An await within an await, such as work
     * that a joining thread does meanwhile, takes the place of the outer one, which is over by then: nothing is told of the outer one
     * afterwards. If the stack overflows in `ends`, the place stays until the thread comes by again: the next park of that thread
     * can bear this label. It is a stack that is lost anyway, and the alternative would need code that cannot fail.
     */

    /** Beside a symbol: that call always waits, for a time, and nobody else tells of it; of platform threads. */
    public static final int STOPS = 1 << 30;

    private static final int BUCKET = 8;
    private static final int DEFAULT_BUCKETS = 1 << 14;
    private static final int SYMBOL_BITS = 17;
    private static final long SYMBOL_MASK = (1L << SYMBOL_BITS) - 1;
    private static final long TOLD = 1L << SYMBOL_BITS;
    private static final int ID_SHIFT = SYMBOL_BITS + 1;
    private static final int SPREAD = 0x9E3779B9;

    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(long[].class);

    private final Recorder recorder;
    private final int buckets;
    private final int bucketShift;
    private final AtomicLong untold = new AtomicLong();
    /** Made when the first label is there; written once by who weaves, read by all. */
    private volatile long @Nullable [] table;

    AwaitLabels(Recorder recorder) {
        this(recorder, DEFAULT_BUCKETS);
    }

    /**
     * Labels that are off.
     *
     * @param buckets for eight threads each, a power of two, 2 or more
     */
    AwaitLabels(Recorder recorder, int buckets) {
        this.recorder = recorder;
        bucketShift = Integer.SIZE - Integer.numberOfTrailingZeros(buckets);
        this.buckets = buckets;
    }

    /** From now on labels are kept: one megabyte. */
    public synchronized void turnOn() {
        if (table == null) {
            table = new long[buckets * BUCKET];
        }
    }

    /** How many awaits found no place for their label. */
    public long untold() {
        return untold.get();
    }

    /**
     * The current thread is about to make a call that may block.
     *
     * @param label its symbol, with {@link #STOPS} if there is no place in the call where it could be seen to wait
     */
    public void begins(int label) {
        long[] places = table;
        int symbol = label & ~STOPS;
        if (places == null || symbol <= 0 || symbol > SYMBOL_MASK) {
            return;
        }
        long thread = ThreadIds.current();
        long stops = label == symbol ? 0 : TOLD;
        if (keep(places, thread, (thread << ID_SHIFT) | stops | symbol) && stops != 0) {
            recorder.awaitStart(recorder.now(), thread, EventCodes.AWAIT_ENDS_POLL | EventCodes.AWAIT_TIMED, symbol, 0);
        }
    }

    private boolean keep(long[] places, long thread, long wanted) {
        int own = find(places, thread);
        if (own >= 0) {
            tellEnd(placeOpaque(places, own), thread);
            placeOpaque(places, own, wanted);
            return true;
        }
        int start = bucket(thread);
        for (int i = start; i < start + BUCKET; i++) {
            if (placeOpaque(places, i) == 0 && claim(places, i, wanted)) {
                return true;
            }
        }
        untold.incrementAndGet();
        return false;
    }

    /** The current thread has made its call, or left it by an exception. */
    public void ends() {
        long[] places = table;
        if (places == null) {
            return;
        }
        long thread = ThreadIds.current();
        int own = find(places, thread);
        if (own >= 0) {
            long was = placeOpaque(places, own);
            placeOpaque(places, own, 0);
            tellEnd(was, thread);
        }
    }

    private void tellEnd(long place, long thread) {
        if ((place & TOLD) != 0) {
            recorder.awaitEnd(recorder.now(), thread, 0, 0);
        }
    }

    /** What this thread is about to wait at: the symbol of the label, 0 if it is at no labelled await. */
    public int of(long thread) {
        long[] places = table;
        int own = places == null ? -1 : find(places, thread);
        return places == null || own < 0 ? 0 : (int) (placeOpaque(places, own) & SYMBOL_MASK);
    }

    /**
     * A virtual thread has stopped to run, at this time; told as an await if it is at a labelled one and was not told before.
     *
     * @param resourceId what it waits for, 0 unknown
     */
    public void parked(long now, long thread, boolean timed, long resourceId) {
        long[] places = table;
        int own = places == null ? -1 : find(places, thread);
        if (places == null || own < 0) {
            return;
        }
        long place = placeOpaque(places, own);
        if ((place & TOLD) == 0) {
            placeOpaque(places, own, place | TOLD);
            int flags = timed ? EventCodes.AWAIT_TIMED : 0;
            recorder.awaitStart(now, thread, flags, (int) (place & SYMBOL_MASK), resourceId);
        }
    }

    private int find(long[] places, long thread) {
        int start = bucket(thread);
        for (int i = start; i < start + BUCKET; i++) {
            if (placeOpaque(places, i) >>> ID_SHIFT == thread) {
                return i;
            }
        }
        return -1;
    }

    private int bucket(long thread) {
        return (((int) thread * SPREAD) >>> bucketShift) * BUCKET;
    }

    private static long placeOpaque(long[] places, int at) {
        return (long) PLACES.getOpaque(places, at);
    }

    private static void placeOpaque(long[] places, int at, long value) {
        PLACES.setOpaque(places, at, value);
    }

    private static boolean claim(long[] places, int at, long value) {
        return PLACES.compareAndSet(places, at, 0L, value);
    }
}
