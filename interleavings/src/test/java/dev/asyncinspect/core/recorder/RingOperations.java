package dev.asyncinspect.core.recorder;

import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/** Writers and the one reader of a ring that is nearly full; every event is known again by its number. */
public class RingOperations {

    /*
     * A reader may see less than what was written before (it stops at a slot that is claimed and not filled yet), so a ring is no
     * linearizable queue and is not compared with one. What it promises is checked instead: no event is torn or told twice at any moment,
     * and in the end those that were kept are those that are read, and the others are counted.
     *
     *   operation   answer in every interleaving
     *   ---------   ----------------------------
     *   write       none
     *   end         none                            may use the room that is kept for ends
     *   read        0: no event was torn or came twice
     */

    private static final int ALREADY_THERE = 5;
    private static final long END = 8L << 56;

    private final Slots slots;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final boolean[] read = new boolean[128];
    private int readCount;
    private int wrong;

    /** Over the real ring. */
    public RingOperations() {
        this(Slots.real());
    }

    RingOperations(Slots slots) {
        this.slots = slots;
        for (int i = 0; i < ALREADY_THERE; i++) {
            write();
        }
    }

    /** One event of any kind. */
    @Operation
    public final void write() {
        offer(0);
    }

    /** The end of a task. */
    @Operation
    public final void end() {
        offer(END);
    }

    /** How many events so far were not as they were written. */
    @Operation(nonParallelGroup = "reader")
    public final int read() {
        slots.drain(this::check);
        return wrong;
    }

    /** After all of them. */
    @Validate
    public final void nothingIsLost() {
        read();
        if (wrong > 0 || readCount != kept.get() || kept.get() + slots.dropped() != numbers.get()) {
            throw new IllegalStateException(numbers + " written, " + kept + " kept, " + readCount + " read, "
                    + slots.dropped() + " dropped, " + wrong + " wrong");
        }
    }

    private void offer(long type) {
        long number = numbers.incrementAndGet();
        if (slots.offer(type | number, ~number, number << 8, number * 31)) {
            kept.incrementAndGet();
        }
    }

    private void check(long first, long nanos, long taskId, long argument) {
        int number = (int) first;
        boolean whole = nanos == ~(long) number && taskId == (long) number << 8 && argument == number * 31L;
        if (number < 0 || number >= read.length || !whole || read[number]) {
            wrong++;
        } else {
            read[number] = true;
        }
        readCount++;
    }
}
