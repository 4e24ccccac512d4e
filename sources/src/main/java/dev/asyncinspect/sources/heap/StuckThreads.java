package dev.asyncinspect.sources.heap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which waiting threads can never go on: the greatest set of them in which each waits for what only the others could give.
 *
 * <p>Source: the reachable liveness of Saioc, Lee, Møller, Chabbi, "Dynamic Partial Deadlock Detection and Recovery via Garbage
 * Collection" (ASPLOS 2025), there for Go.
 */
public final class StuckThreads {

    /*
     * We begin with the belief that all of them are stuck, and mark what everything else can reach: statics, native code,
     * the stacks of the threads that do not wait. A waiting thread whose object is marked may go on one day: it is taken
     * from the set, and what its stack reaches is marked too; until nothing changes. What is left are threads that only
     * each other could wake.
     *
     * - A path is any reference, soft, weak and final ones too: whoever has a weak one can still get its referent, which
     *   the waiting thread keeps. A phantom one gives it to nobody.
     * - A stuck thread may be reached as an object. That gives nobody what is on its stack or in the private fields of
     *   Thread; fields of subclasses count, and so do its handler and its class loader, which have getters.
     *   Whoever reaches a thread that has not been started can start it, a shutdown hook for instance: all of it counts.
     * - Being interrupted is left out: whoever reaches a thread can do that to any.
     * - A backlog, where work lies that only the workers of one pool take out, leads nowhere while all of these are stuck.
     *
     * Marking is the dear part. So we look now and then whether somebody may go on already, and stop where nobody is left: in a
     * healthy program long before all is marked. The rest is marked if somebody asks who is reached.
     */

    private static final int LEAST_BETWEEN_LOOKS = 1 << 16; // objects

    private static final long MOST_STEPS = 5_000_000;

    private final Heap heap;
    private final BitSet marked;
    private final Set<Long> awaitedLeaves = new HashSet<>();
    private final Set<Long> markedLeaves = new HashSet<>();
    private int[] unread = new int[1 << 10];
    private int unreadCount;
    private final Map<Long, Awaited> stuck = new HashMap<>();
    private final PoolBooks books;
    private final List<Backlog> backlogs;
    private final BitSet closed = new BitSet();
    private final BitSet metWhileClosed = new BitSet();
    private final LongConsumer marking = this::mark;

    private StuckThreads(Heap heap, PoolBooks books, List<Backlog> backlogs) {
        this.heap = heap;
        this.marked = new BitSet(heap.numbers());
        this.books = books;
        this.backlogs = List.copyOf(backlogs);
        for (Backlog backlog : backlogs) {
            int number = heap.numberOf(backlog.container());
            if (number >= 0) {
                closed.set(number);
            }
        }
    }

    /** Finds the threads of this heap, of those that wait for something, which can never go on. */
    public static StuckThreads in(Heap heap, List<Awaited> waits) {
        return in(heap, waits, PoolBooks.NONE);
    }

    /**
     * The same where some wait for pools.
     *
     * @param books what pools keep their books in: they are no path to what was taken
     */
    public static StuckThreads in(Heap heap, List<Awaited> waits, PoolBooks books) {
        return in(heap, waits, books, List.of());
    }

    /**
     * The same where work lies in wait.
     *
     * @param backlogs where it lies, and who alone takes it out: all of them have to wait
     */
    public static StuckThreads in(Heap heap, List<Awaited> waits, PoolBooks books, List<Backlog> backlogs) {
        StuckThreads found = new StuckThreads(heap, books, backlogs);
        for (Awaited wait : waits) {
            found.stuck.put(wait.thread().objectId(), wait);
            for (long key : wait.keys()) {
                if (heap.numberOf(key) < 0) {
                    found.awaitedLeaves.add(key);
                }
            }
        }
        found.narrow();
        return found;
    }

    /** The stuck ones, each with what it waits for. */
    public List<Awaited> all() {
        return List.copyOf(stuck.values());
    }

    /** Whether the thread that is this object is stuck. */
    public boolean isStuck(long threadObjectId) {
        return stuck.containsKey(threadObjectId);
    }

    /** Whether something that may still run reaches the object. */
    public boolean isReached(long objectId) {
        read(Long.MAX_VALUE);
        return isMarked(objectId);
    }

    private boolean isMarked(long objectId) {
        int number = heap.numberOf(objectId);
        return number < 0 ? markedLeaves.contains(objectId) : marked.get(number);
    }

    private void narrow() {
        heap.roots(marking);
        Set<Long> living = new HashSet<>();
        for (HeapThread thread : heap.threads()) {
            living.add(thread.objectId());
            if (!stuck.containsKey(thread.objectId())) {
                marksOf(thread);
            }
        }
        open();
        boolean changed = true;
        while (!stuck.isEmpty() && (changed || unreadCount > 0)) {
            read(Math.max(LEAST_BETWEEN_LOOKS, 8L * stuck.size()));
            List<Awaited> freed = new ArrayList<>();
            for (Awaited wait : stuck.values()) {
                boolean goesOn = wait.ownerId() == 0
                        ? wait.keys().stream().anyMatch(this::isMarked)
                        : living.contains(wait.ownerId()) && !stuck.containsKey(wait.ownerId());
                if (goesOn) {
                    freed.add(wait);
                }
            }
            for (Awaited wait : freed) {
                stuck.remove(wait.thread().objectId());
                marksOf(wait.thread());
            }
            open();
            changed = !freed.isEmpty();
        }
    }

    /** Opens the backlogs of which somebody may go on: what came by there while they were closed goes in. */
    private void open() {
        for (Backlog backlog : backlogs) {
            int number = heap.numberOf(backlog.container());
            if (number >= 0 && closed.get(number) && !backlog.takers().stream().allMatch(stuck::containsKey)) {
                closed.clear(number);
                if (metWhileClosed.get(number)) {
                    mark(backlog.container());
                }
            }
        }
    }

    private void marksOf(HeapThread thread) {
        mark(thread.objectId());
        thread.locals().values().forEach(locals -> locals.forEach(this::mark));
        heap.references(heap.numberOf(thread.objectId()), true, this::mark);
    }

    private void mark(long objectId) {
        if (!books.lists().isEmpty() && books.lists().contains(objectId)) {
            return;
        }
        int number = heap.numberOf(objectId);
        if (number < 0) {
            if (awaitedLeaves.contains(objectId)) {
                markedLeaves.add(objectId);
            }
        } else if (closed.get(number)) {
            metWhileClosed.set(number);
        } else if (!marked.get(number)) {
            marked.set(number);
            if (unreadCount == unread.length) {
                unread = Arrays.copyOf(unread, 2 * unreadCount);
            }
            unread[unreadCount++] = number;
        }
    }

    /** Goes on from what is marked, through so many objects at most. */
    private void read(long most) {
        for (long read = 0; unreadCount > 0 && read < most; read++) {
            publicReferences(unread[--unreadCount], marking);
        }
    }

    private void publicReferences(int number, LongConsumer each) {
        long stuckThread = heap.isThread(number) && stuck.containsKey(heap.idOf(number)) ? heap.idOf(number) : 0;
        boolean isPool = !books.samples().isEmpty() && books.samples().containsKey(heap.idOf(number));
        heap.references(
                number,
                stuckThread == 0,
                !isPool
                        ? each
                        : reference -> {
                            if (!books.hides(heap.idOf(number), reference)) {
                                each.accept(reference);
                            }
                        });
        if (stuckThread != 0) {
            for (String field : List.of("uncaughtExceptionHandler", "contextClassLoader")) {
                long reference = heap.reference(stuckThread, field);
                if (reference != 0) {
                    each.accept(reference);
                }
            }
        }
    }

    /**
     * Which stuck threads reach what each stuck thread waits for, other than those that wait for that very object; null if that
     * would take too long to find out.
     *
     * @return thread objects by key
     */
    public @Nullable Map<Long, List<Long>> reachers() {
        Map<Long, Set<Long>> waiters = new HashMap<>();
        for (Awaited wait : stuck.values()) {
            for (long key : wait.keys()) {
                Set<Long> waiting = waiters.computeIfAbsent(key, o -> new HashSet<>());
                if (!wait.isForPool()) {
                    waiting.add(wait.thread().objectId());
                }
            }
        }
        Map<Long, List<Long>> reachers = new HashMap<>();
        long steps = 0;
        for (Awaited wait : stuck.values()) {
            long thread = wait.thread().objectId();
            Set<Long> seen = new HashSet<>();
            Deque<Long> next = new ArrayDeque<>();
            LongConsumer visit = object -> {
                if (!isReached(object) && !books.lists().contains(object) && seen.add(object)) {
                    next.add(object);
                }
            };
            wait.thread().locals().values().forEach(locals -> locals.forEach(visit::accept));
            heap.references(heap.numberOf(thread), true, visit);
            for (Long object = next.poll(); object != null; object = next.poll()) {
                if (++steps > MOST_STEPS) {
                    return null;
                }
                Set<Long> waiting = waiters.get(object);
                if (waiting != null && !waiting.contains(thread)) {
                    reachers.computeIfAbsent(object, o -> new ArrayList<>()).add(thread);
                }
                int number = heap.numberOf(object);
                if (object != thread && number >= 0) {
                    publicReferences(number, visit);
                }
            }
        }
        return reachers;
    }
}
