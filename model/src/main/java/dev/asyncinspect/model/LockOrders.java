package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which order tasks take locks, as it grows. */
final class LockOrders {

    /*
     * One entry for each pair of locks, the two places, and the locks that were held besides: what a program does again and again
     * is one entry. Who takes the second lock by tryLock would have gone on without it, so that is no order that others must keep. Events
     * that are missing may have been releases, so nobody counts as holding anything after them.
     */

    private static final int MOST = 100_000;
    private static final int MOST_HELD = 64;
    private static final int TASKS = 4;

    /** A lock that is held. */
    private record Held(long id, AccessMode mode, @Nullable CodeSite site) {}

    /** What makes two orders the same. */
    private record Key(Held first, Held second, Set<Long> gates) {}

    /** The same, and since when. */
    private record Mine(Held lock, long fromNanos) {}

    /** Who did so. */
    private static final class Seen {
        private final Map<Long, LockOrder.Taking> takings = new LinkedHashMap<>();
        private long times;
    }

    private final Map<Long, List<Mine>> held = new HashMap<>();
    private final Map<Key, Seen> orders = new LinkedHashMap<>();

    void acquired(long taskId, long resourceId, AccessMode mode, @Nullable CodeSite site, boolean tried, long moment) {
        List<Mine> mine = held.computeIfAbsent(taskId, id -> new ArrayList<>(2));
        Held next = new Held(resourceId, mode, site);
        boolean again = mine.stream().anyMatch(one -> one.lock.id == resourceId);
        if (!again && !tried) {
            for (Mine first : mine) {
                add(new LockOrder.Taking(taskId, first.fromNanos, moment), first.lock, next, mine);
            }
        }
        if (mine.size() < MOST_HELD) {
            mine.add(new Mine(next, moment));
        }
    }

    private void add(LockOrder.Taking taking, Held first, Held next, List<Mine> mine) {
        Set<Long> gates = new HashSet<>();
        for (Mine one : mine) {
            if (one.lock.id != first.id && one.lock.mode == AccessMode.EXCLUSIVE) {
                gates.add(one.lock.id);
            }
        }
        Key key = new Key(first, next, gates);
        Seen seen = orders.get(key);
        if (seen == null && orders.size() < MOST) {
            seen = new Seen();
            orders.put(key, seen);
        }
        if (seen != null) {
            seen.times++;
            if (seen.takings.size() < TASKS || seen.takings.containsKey(taking.taskId())) {
                seen.takings.merge(taking.taskId(), taking, LockOrders::again);
            }
        }
    }

    private static LockOrder.Taking again(LockOrder.Taking before, LockOrder.Taking now) {
        return new LockOrder.Taking(before.taskId(), Math.min(before.fromNanos(), now.fromNanos()), now.toNanos());
    }

    void released(long taskId, long resourceId) {
        List<Mine> mine = held.get(taskId);
        if (mine == null) {
            return;
        }
        for (int i = mine.size() - 1; i >= 0; i--) {
            if (mine.get(i).lock.id == resourceId) {
                mine.remove(i);
                break;
            }
        }
        if (mine.isEmpty()) {
            held.remove(taskId);
        }
    }

    /** Nobody is known to hold anything. */
    void forget() {
        held.clear();
    }

    List<LockOrder> all() {
        List<LockOrder> all = new ArrayList<>(orders.size());
        orders.forEach((key, seen) -> all.add(new LockOrder(
                key.first.id,
                key.first.mode,
                key.first.site,
                key.second.id,
                key.second.mode,
                key.second.site,
                key.gates,
                List.copyOf(seen.takings.values()),
                seen.times)));
        return all;
    }
}
