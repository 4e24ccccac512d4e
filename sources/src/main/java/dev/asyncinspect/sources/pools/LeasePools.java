package dev.asyncinspect.sources.pools;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who waits for something of which pool, and what that pool has given out. */
public final class LeasePools {

    /*
     * Pools are found from those who wait for them: by the frame of the library in which a borrower stands, whose local
     * variables refer to the pool. What a version of a library keeps in another way than we know is not read at all.
     */

    private static final List<PoolShape> SHAPES = List.of(
            new HikariShape(),
            new Pool2Shape(),
            new TomcatShape(),
            new C3p0Shape(),
            new HttpClientShape(),
            new AgroalShape());

    private static final int PARKED_OR_WAITS = 0x200 | 0x100;
    private static final List<String> VIRTUAL_WAITS =
            List.of("PARKED", "PINNED", "TIMED_PARKED", "TIMED_PINNED", "WAIT", "TIMED_WAIT");

    private final Heap heap;
    private final PoolObjects objects;
    private final Set<Integer> virtualWaits = new HashSet<>();
    private final Map<Long, HeapPool> pools = new HashMap<>();
    private final Map<Long, Borrower> borrowers = new LinkedHashMap<>();
    private final Set<String> unread = new HashSet<>();

    /**
     * A thread that waits for something of a pool.
     *
     * @param pool which one
     * @param timed whether the wait ends by itself
     */
    public record Borrower(HeapThread thread, HeapPool pool, boolean timed) {}

    private LeasePools(Heap heap) {
        this.heap = heap;
        this.objects = new PoolObjects(heap);
        for (String state : VIRTUAL_WAITS) {
            virtualWaits.add(heap.staticInt("java.lang.VirtualThread", state, -1));
        }
        virtualWaits.remove(-1);
    }

    /** The pools of this heap for which somebody waits. */
    public static LeasePools in(Heap heap) {
        LeasePools found = new LeasePools(heap);
        heap.threads().forEach(found::look);
        return found;
    }

    /** Those who wait, by their {@code Thread} objects. */
    public Map<Long, Borrower> borrowers() {
        return borrowers;
    }

    /** The strings that are the names of pools. */
    public Set<Long> names() {
        Set<Long> names = new HashSet<>();
        pools.values().forEach(pool -> names.add(pool.nameId()));
        names.remove(0L);
        return names;
    }

    /** What kept us from reading a pool for which somebody waits. */
    public Set<String> unread() {
        return unread;
    }

    private void look(HeapThread thread) {
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            PoolShape shape = shapeOf(thread.frames().get(depth));
            if (shape != null) {
                if (waits(thread)) {
                    borrower(thread, shape, depth);
                }
                return;
            }
        }
    }

    private static @Nullable PoolShape shapeOf(Frame frame) {
        for (PoolShape shape : SHAPES) {
            if (shape.isBorrow(frame.className(), frame.method())) {
                return shape;
            }
        }
        return null;
    }

    private void borrower(HeapThread thread, PoolShape shape, int depth) {
        try {
            HeapPool read = shape.read(objects, thread.locals().getOrDefault(depth, List.of()));
            HeapPool pool = pools.computeIfAbsent(read.objectId(), id -> read);
            borrowers.put(thread.objectId(), new Borrower(thread, pool, isTimed(thread, depth)));
        } catch (PoolObjects.Missing e) {
            unread.add(thread.frames().get(depth).className() + ": " + e.getMessage());
        }
    }

    private boolean waits(HeapThread thread) {
        Frame top = thread.frames().get(0);
        boolean parks = top.method().startsWith("park")
                || top.method().startsWith("wait")
                || top.method().equals("yield0");
        if (heap.isA(thread.objectId(), "java.lang.VirtualThread")) {
            return virtualWaits.contains((int) heap.number(thread.objectId(), "state"));
        }
        long holder = heap.reference(thread.objectId(), "holder");
        long status = heap.number(holder == 0 ? thread.objectId() : holder, "threadStatus");
        return parks && (status & PARKED_OR_WAITS) != 0;
    }

    private static boolean isTimed(HeapThread thread, int depth) {
        return thread.frames().subList(0, depth).stream()
                .anyMatch(frame -> frame.method().startsWith("parkNanos")
                        || frame.method().equals("parkUntil")
                        || frame.method().startsWith("awaitNanos")
                        || frame.method().equals("awaitUntil"));
    }
}
