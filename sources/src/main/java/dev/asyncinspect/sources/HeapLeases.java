package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Lease;
import dev.asyncinspect.model.Leases;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import dev.asyncinspect.sources.heap.PoolBooks;
import dev.asyncinspect.sources.heap.StuckThreads;
import dev.asyncinspect.sources.pools.HeapPool;
import dev.asyncinspect.sources.pools.LeasePools;
import dev.asyncinspect.sources.pools.PooledObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who has what the pools of a heap have given out, and whether they can ever give it back. */
final class HeapLeases {

    /*
     * Asked apart from everything else that waits, since most waits for a pool have a timeout: they end, as a failure. So a
     * task behind such a one is not stuck for ever; but nothing comes back to the pool before, if
     *
     *   - the pool has all that it may have, and all of it is out, and it takes nothing back by itself;
     *   - nothing that can go on without something from such a pool reaches what was taken.
     *
     * Whom a heap shows near to what was taken, on his stack, is told as its holder also where others may have it. Where nobody
     * waits for a pool none of this is asked: it goes through the whole heap once more.
     */

    private final HeapPeople people;
    private final LeasePools pools;
    private final boolean complete;
    private final StuckThreads stuck;
    private final @Nullable Map<Long, List<Long>> reachers;
    private final LeaseSites near;
    private final Set<Long> onStacks = new HashSet<>();
    private final @Nullable String doubt;
    private final MonotonicClock clock;

    /**
     * Looks for them.
     *
     * @param waits what else is waited for
     * @param complete whether the heap tells what is on every stack
     */
    HeapLeases(
            Heap heap,
            HeapPeople people,
            LeasePools pools,
            List<Awaited> waits,
            boolean complete,
            CompiledMethods compiled,
            MonotonicClock clock) {
        this.people = people;
        this.pools = pools;
        this.complete = complete;
        this.clock = clock;
        for (HeapThread thread : heap.threads()) {
            thread.locals().values().forEach(onStacks::addAll);
        }
        List<Awaited> all = new ArrayList<>();
        Set<Long> lists = new HashSet<>();
        Map<Long, Set<Long>> samples = new HashMap<>();
        boolean asked = complete && !pools.borrowers().isEmpty();
        for (Awaited wait : asked ? waits : List.<Awaited>of()) {
            if (!pools.borrowers().containsKey(wait.thread().objectId())) {
                all.add(wait);
            }
        }
        for (LeasePools.Borrower borrower : pools.borrowers().values()) {
            HeapPool pool = borrower.pool();
            lists.addAll(pool.internals());
            samples.put(pool.objectId(), pool.samples());
            if (complete && pool.isExhausted() && !pool.takesBack() && !changesHands(pool)) {
                all.add(new Awaited(borrower.thread(), pool.objectId(), 0, keys(pool)));
            }
        }
        PoolBooks books = new PoolBooks(lists, samples);
        stuck = StuckThreads.in(heap, all, books);
        reachers = stuck.reachers();
        near = LeaseSites.in(heap, handles(), books);
        doubt = HeapDoubt.of(heap, people, stuck, compiled);
    }

    /** Whether some thread is just taking something or giving it back, so that nobody else has it yet, or any more. */
    private boolean changesHands(HeapPool pool) {
        return pool.taken().stream().anyMatch(this::changesHands);
    }

    private boolean changesHands(PooledObject taken) {
        return !taken.handles().contains(taken.entryId()) && onStacks.contains(taken.entryId());
    }

    private static List<Long> keys(HeapPool pool) {
        return pool.taken().stream().flatMap(taken -> taken.handles().stream()).toList();
    }

    private Set<Long> handles() {
        return pools.borrowers().values().stream()
                .flatMap(borrower -> keys(borrower.pool()).stream())
                .collect(Collectors.toSet());
    }

    /** Who must give something back before a borrower of this pool can go on; unknown unless none of them can. */
    Fact<List<Hold>> holders(HeapPool pool) {
        if (!complete) {
            return Fact.unknown("the stacks of some threads are not in the heap");
        }
        if (!pool.isExhausted()) {
            return Fact.unknown("it may make another one, or its limit could not be read");
        }
        if (pool.takesBack()) {
            return Fact.unknown("it takes back by itself what is out for too long");
        }
        Map<Long, Hold> all = new LinkedHashMap<>();
        for (PooledObject taken : pool.taken()) {
            Fact<List<Hold>> holders = holders(taken);
            List<Hold> known = holders.orNull();
            if (known == null) {
                return Fact.unknown(holders.basis());
            }
            known.forEach(hold -> all.putIfAbsent(hold.taskId(), hold));
        }
        return asSureAsTheHeap(List.copyOf(all.values()));
    }

    private Fact<List<Hold>> holders(PooledObject taken) {
        if (changesHands(taken)) {
            return Fact.unknown("a thread is just taking it, or giving it back");
        }
        if (!complete || taken.handles().stream().anyMatch(stuck::isReached)) {
            return Fact.unknown("something that can still run reaches it");
        }
        if (reachers == null) {
            return Fact.unknown("only threads that are stuck reach it; too many to tell which");
        }
        Map<Long, Hold> holds = new LinkedHashMap<>();
        for (long handle : taken.handles()) {
            for (long thread : reachers.getOrDefault(handle, List.of())) {
                holds.putIfAbsent(thread, hold(thread, near.of(thread, handle)));
            }
        }
        return asSureAsTheHeap(List.copyOf(holds.values()));
    }

    /** What the pool has given out. */
    Leases of(HeapPool pool) {
        List<Lease> taken = new ArrayList<>();
        for (PooledObject object : pool.taken()) {
            taken.add(new Lease(shown(object), since(object)));
        }
        return new Leases(pool.most(), pool.total(), pool.total() - pool.taken().size(), taken);
    }

    private Fact<List<Hold>> shown(PooledObject taken) {
        Fact<List<Hold>> holders = holders(taken);
        if (holders.provenance() != Provenance.UNKNOWN) {
            return holders;
        }
        Map<Long, Hold> holds = new LinkedHashMap<>();
        for (long handle : taken.handles()) {
            near.of(handle).forEach((thread, frame) -> holds.putIfAbsent(thread, hold(thread, frame)));
        }
        return holds.isEmpty() ? holders : Fact.inferred(List.copyOf(holds.values()), "it is on their stacks");
    }

    private Hold hold(long thread, @Nullable Frame frame) {
        return new Hold(
                people.id(thread),
                AccessMode.SHARED,
                frame == null ? Fact.unknown("no frame near to it") : Fact.inferred(frame, "a frame that has it"));
    }

    private Fact<List<Hold>> asSureAsTheHeap(List<Hold> holds) {
        return doubt == null ? Fact.observed(holds) : Fact.inferred(holds, doubt);
    }

    private @Nullable Instant since(PooledObject taken) {
        return taken.sinceMillis() != PooledObject.UNTOLD
                ? Instant.ofEpochMilli(taken.sinceMillis())
                : taken.sinceNanos() == PooledObject.UNTOLD ? null : clock.instant(taken.sinceNanos());
    }
}
