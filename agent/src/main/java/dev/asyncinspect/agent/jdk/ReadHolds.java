package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the readers of a {@code ReentrantReadWriteLock}, which keeps their counts in the threads and not in the lock. */
final class ReadHolds {

    /*
     * The lock knows how often it is held for reading in all. How often by whom is in three places: the first reader and
     * the last one are in the lock itself, the others in a thread-local of each reader. The maps of thread-locals are walked
     * by reading only: their own lookup would clean them up on the way.
     *
     * If what was found does not add up to the total, it is said that there are more.
     */

    private static final String SYNC = "java.util.concurrent.locks.ReentrantReadWriteLock$Sync";
    private static final String MAP = "java.lang.ThreadLocal$ThreadLocalMap";

    private final Threads threads;
    private final @Nullable Class<?> type;
    private final @Nullable MethodHandle total;
    private final FieldReader firstReader;
    private final FieldReader firstCount;
    private final FieldReader key;
    private final FieldReader locals;
    private final FieldReader table;
    private final FieldReader value;
    private final FieldReader count;
    private List<Thread> all = List.of();

    ReadHolds(JdkDoor door, Threads threads) {
        this.threads = threads;
        type = door.type(SYNC);
        total = door.method(SYNC, "getReadLockCount", MethodType.methodType(int.class));
        firstReader = door.field(SYNC, "firstReader");
        firstCount = door.field(SYNC, "firstReaderHoldCount");
        key = door.field(SYNC, "readHolds");
        locals = door.field("java.lang.Thread", "threadLocals");
        table = door.field(MAP, "table");
        value = door.field(MAP + "$Entry", "value");
        count = door.field(SYNC + "$HoldCounter", "count");
    }

    void begin(List<Thread> told) {
        all = told;
    }

    void read(Object sync, Sample sample) {
        long missing = type != null && type.isInstance(sync) ? held(sync) : 0;
        if (missing <= 0) {
            return;
        }
        Map<Long, Long> readers = new LinkedHashMap<>();
        Thread first = firstReader.thread(sync);
        if (first != null) {
            readers.put(threads.id(first), firstCount.number(sync, 1));
            missing -= firstCount.number(sync, 1);
        }
        Object local = key.get(sync);
        for (int i = 0; i < all.size() && missing > 0 && local != null; i++) {
            long holds = holds(all.get(i), local);
            if (holds > 0 && readers.putIfAbsent(threads.id(all.get(i)), holds) == null) {
                missing -= holds;
            }
        }
        readers.keySet().forEach(reader -> sample.threadLink(sync, Relation.READER, reader));
        sample.number(sync, Relation.READERS, readers.size() + Math.max(0, missing));
    }

    private long held(Object sync) {
        try {
            return total == null ? 0 : (int) total.invoke(sync);
        } catch (Throwable e) {
            return 0;
        }
    }

    private long holds(Thread thread, Object local) {
        Object map = locals.get(thread);
        if (map != null && table.get(map) instanceof Object[] entries) {
            for (Object entry : entries) {
                if (entry instanceof Reference<?> reference && isOf(reference, local)) {
                    Object counter = value.get(entry);
                    return counter == null ? 0 : count.number(counter, 0);
                }
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked") // only compared, never written
    private static boolean isOf(Reference<?> reference, Object object) {
        return ((Reference<Object>) reference).refersTo(object);
    }
}
