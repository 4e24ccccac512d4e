package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.model.WorkPool;
import dev.asyncinspect.model.Works;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import dev.asyncinspect.sources.heap.HeapThread;
import dev.asyncinspect.sources.heap.StuckThreads;
import dev.asyncinspect.sources.pools.HeapPool;
import dev.asyncinspect.sources.pools.LeasePools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of a heap dump: who waits for what, and who is left that could give it. */
final class HeapSnapshot {

    private final Heap heap;
    private final AwaitSites sites;
    private final HeapCompleteness completeness;
    private final boolean monitorsKnown;
    private final Interner interner = new Interner();
    private final StackKinds kinds = new StackKinds();
    private final Map<Long, Awaited> waits = new HashMap<>();
    private final HeapPoolEnds ends;
    private final Map<Long, String> leafNames;
    private final HeapPeople people;
    private final StuckThreads stuck;
    /** All three null if the dump lacks the stacks of some threads, and so does not tell what anybody is about to do. */
    private final @Nullable HeapPools pools;

    private final @Nullable HeapCompleters completers;
    private final @Nullable HeapStarvation starvation;
    private final HeapHolders holders;
    private final LeasePools lessors;
    private final HeapLeases leases;
    private final Map<Object, Resource> resources = new LinkedHashMap<>();

    private HeapSnapshot(
            Heap heap, CompiledMethods compiled, MonitorWitness monitors, MonotonicClock clock, AwaitSites sites) {
        this.heap = heap;
        this.sites = sites;
        this.completeness = new HeapCompleteness(heap);
        this.monitorsKnown = monitors.looked();
        List<Long> mentioned = new ArrayList<>();
        heap.threads().forEach(thread -> mentioned.add(thread.objectId()));
        HeapWaits finder = new HeapWaits(heap);
        ends = new HeapPoolEnds(heap, sites);
        List<Awaited> all = new ArrayList<>();
        HeapPipes pipes = new HeapPipes(heap);
        for (HeapThread thread : heap.threads()) {
            Awaited atPipe = pipes.of(thread);
            if (atPipe == null && monitors.moved().contains(heap.number(thread.objectId(), "tid"))) {
                continue; // it goes on, whatever this moment of it looks like
            }
            Awaited found = atPipe == null ? finder.of(thread) : atPipe;
            Awaited awaited = found == null ? ends.of(thread) : found;
            Awaited entry = awaited == null ? monitorEntry(thread, monitors) : awaited;
            if (entry != null) {
                all.add(entry);
            }
            if (awaited != null) {
                waits.put(thread.objectId(), awaited);
                mentioned.add(awaited.ownerId());
            }
        }
        leafNames = leafNames();
        lessors = LeasePools.in(heap);
        people = new HeapPeople(heap, mentioned, lessors.names());
        leases = new HeapLeases(heap, people, lessors, all, completeness.showsAllStacks(), compiled, clock);
        stuck = StuckThreads.in(heap, completeness.showsAllStacks() ? all : List.of());
        pools = completeness.showsAllStacks() ? new HeapPools(heap, people) : null;
        if (pools == null) {
            completers = null;
            starvation = null;
        } else {
            HeapQueues queues = new HeapQueues(heap, pools.foreign());
            HeapLimiters limiters = new HeapLimiters(heap, pools, queues);
            completers = new HeapCompleters(heap, pools, queues, limiters);
            starvation = starvation(pools, limiters, queues, all);
        }
        holders = new HeapHolders(heap, people, stuck, compiled, completers, starvation);
    }

    /** Asked with those as well who wait for an answer from this JVM itself: what it is worth depends on who is to give it. */
    private HeapStarvation starvation(
            HeapPools ofHeap, HeapLimiters limiters, HeapQueues queues, List<Awaited> others) {
        List<Awaited> all = new ArrayList<>(others);
        List<Awaited> sockets = new HeapSockets(heap)
                .waits(others.stream().filter(wait -> !isExplained(wait)).toList());
        all.addAll(sockets);
        HeapRooms rooms = new HeapRooms(heap, ofHeap, queues, new QueueCalls(heap, sites), all);
        HeapStarvation asked = new HeapStarvation(
                heap, FullPools.in(heap, ofHeap, limiters, queues, all), all, rooms, this::isExplained);
        for (Awaited socket : sockets) {
            boolean neverAnswered = stuck.isStuck(socket.thread().objectId()); // whoever may have the other end
            if (!neverAnswered && !asked.workersBehind(socket).isEmpty()) {
                waits.put(socket.thread().objectId(), socket);
            }
        }
        return asked;
    }

    static Snapshot of(
            Heap heap,
            CompiledMethods compiled,
            MonitorWitness monitors,
            MonotonicClock clock,
            Source source,
            AwaitSites sites) {
        return new HeapSnapshot(heap, compiled, monitors, clock, sites).snapshot(source);
    }

    /** A thread that waits to enter a monitor needs its owner to go on; which monitor it is, is told elsewhere. */
    private @Nullable Awaited monitorEntry(HeapThread thread, MonitorWitness monitors) {
        long owner = monitors.ownerFor(heap.number(thread.objectId(), "tid"));
        if (owner == 0 || !HeapWaits.entersMonitor(heap, thread)) {
            return null;
        }
        for (HeapThread other : heap.threads()) {
            if (heap.number(other.objectId(), "tid") == owner) {
                return new Awaited(thread, thread.objectId(), other.objectId());
            }
        }
        return null;
    }

    private Snapshot snapshot(Source source) {
        Map<Long, Task> tasks = new LinkedHashMap<>();
        for (HeapThread thread : heap.threads()) {
            Task task = task(thread);
            tasks.put(task.id(), task);
        }
        int living = tasks.size();
        holders.ended().forEach(tasks::putIfAbsent);
        Completeness seen = new Completeness(
                living, living, completeness.gaps(monitorsKnown, lessors.unread()), !completeness.showsAllStacks(), 0);
        Works works = works();
        List<Resource> all = List.copyOf(resources.values());
        return new Snapshot(heap.takenAt(), source, List.copyOf(tasks.values()), all, seen).withWorks(works);
    }

    private Works works() {
        if (pools == null) {
            return Works.NONE;
        }
        HeapBacklog backlog = new HeapBacklog(heap, people, pools, stuck, waits.values(), this::resourceOf);
        boolean somebodyWaitsForEver = !stuck.all().isEmpty();
        return new Works(
                withSignals(pools.withWorkers()),
                backlog.list(),
                new HeapFailures(heap).list(pools, somebodyWaitsForEver));
    }

    /** The same pools with what their queued work may signal, where that is not certain. */
    private List<WorkPool> withSignals(List<WorkPool> works) {
        Map<Long, Set<Long>> signals = new HashMap<>();
        for (Awaited wait : waits.values()) {
            if (starvation != null
                    && !starvation.isCertain(wait)
                    && !starvation.isAnswer(wait)
                    && resources.containsKey(wait.objectId())) {
                for (long worker : starvation.workersBehind(wait)) {
                    signals.computeIfAbsent(people.id(worker), w -> new TreeSet<>())
                            .add(resourceOf(wait.objectId()));
                }
            }
        }
        return signals.isEmpty()
                ? works
                : works.stream()
                        .map(pool -> pool.withSignals(pool.workers().stream()
                                .flatMap(worker -> signals.getOrDefault(worker, Set.of()).stream())
                                .distinct()
                                .toList()))
                        .toList();
    }

    /** Whether it is an answer from this JVM itself that is awaited. */
    private static boolean isForAnswer(@Nullable Awaited awaited) {
        return awaited != null && awaited.ownerId() == 0 && !awaited.keys().contains(awaited.objectId());
    }

    /** The resource that stands for an awaited object, or for a pool. */
    private long resourceOf(long object) {
        Resource known = resources.get(object);
        if (known == null) {
            known = new Resource(
                    resources.size() + 1L,
                    ResourceKind.POOL,
                    className(object),
                    "0x" + Long.toHexString(object),
                    null,
                    Resource.Needs.ANY_HOLDER,
                    Fact.observed(List.of()));
            resources.put(object, known);
        }
        return known.id();
    }

    /** Whether it is known who gives what is awaited. */
    private boolean isExplained(Awaited awaited) {
        return completers != null && completers.of(awaited.objectId()) != null;
    }

    /** Whether it is a future, of whatever library, that somebody is known to complete. */
    private boolean isCompleted(Awaited awaited) {
        return awaited.ownerId() == 0 && isExplained(awaited);
    }

    private @Nullable String className(long object) {
        HeapClass type = heap.classOf(object);
        return type == null ? leafNames.get(object) : type.name();
    }

    /** The classes of those awaited objects that refer to nothing, as those may in whose wait sets threads are. */
    private Map<Long, String> leafNames() {
        List<Long> leaves = waits.values().stream()
                .map(Awaited::objectId)
                .filter(object -> heap.classOf(object) == null)
                .toList();
        return leaves.isEmpty() ? Map.of() : heap.classNames(leaves);
    }

    private Task task(HeapThread thread) {
        StackTrace stack = interner.stack(thread.frames());
        Wait wait = wait(thread, stack);
        boolean virtual = people.kind(thread.objectId()) == TaskKind.VIRTUAL_THREAD;
        TaskState running = stack.isEmpty() ? TaskState.SCHEDULED : virtual ? TaskState.UNKNOWN : TaskState.RUNNING;
        return people.task(thread.objectId(), wait == null ? running : TaskState.BLOCKED, stack, wait);
    }

    private @Nullable Wait wait(HeapThread thread, StackTrace stack) {
        Frame top = stack.top();
        ResourceKind kind = isForAnswer(waits.get(thread.objectId())) ? ResourceKind.IO : kinds.of(stack);
        LeasePools.Borrower borrower = lessors.borrowers().get(thread.objectId());
        if (borrower != null && top != null) {
            AwaitSite site = sites.callSite(stack);
            return new Wait(
                    pool(borrower.pool()).id(),
                    site == null ? AwaitSite.lineOnly(top, top.method()) : site,
                    AccessMode.EXCLUSIVE,
                    borrower.timed() ? Bound.TIMED : Bound.UNBOUNDED);
        }
        Awaited forGood = waits.get(thread.objectId());
        Awaited awaited = forGood == null ? ends.inVain(thread) : forGood;
        if (top == null || (awaited == null && kind == ResourceKind.UNKNOWN)) {
            return null;
        }
        AwaitSite site = sites.callSite(stack);
        boolean waitSet = awaited != null
                && kind == ResourceKind.UNKNOWN
                && top.className().equals("java.lang.Object");
        Resource resource =
                awaited == null ? anonymous(kind) : resource(awaited, waitSet ? ResourceKind.CONDITION : kind);
        return new Wait(
                resource.id(),
                site == null ? AwaitSite.lineOnly(top, top.method()) : site,
                kinds.mode(stack),
                awaited == null ? Bound.UNKNOWN : forGood == null ? Bound.TIMED : Bound.UNBOUNDED);
    }

    private Resource anonymous(ResourceKind kind) {
        return resources.computeIfAbsent(
                kind,
                k -> new Resource(
                        resources.size() + 1L,
                        kind,
                        null,
                        null,
                        null,
                        Resource.Needs.ANY_HOLDER,
                        Fact.unknown("it may go on by itself, or a heap dump does not tell")));
    }

    private Resource pool(HeapPool pool) {
        Resource known = resources.get(pool.objectId());
        if (known == null) {
            HeapClass type = heap.classOf(pool.objectId());
            String name = people.text(pool.nameId());
            known = new Resource(
                    resources.size() + 1L,
                    ResourceKind.CONNECTION_POOL,
                    type == null ? null : type.name(),
                    "0x" + Long.toHexString(pool.objectId()),
                    name.isEmpty() ? null : name,
                    Resource.Needs.ANY_HOLDER,
                    leases.holders(pool),
                    List.of(),
                    leases.of(pool));
            resources.put(pool.objectId(), known);
        }
        return known;
    }

    private Resource resource(Awaited awaited, ResourceKind kind) {
        Resource known = resources.get(awaited.objectId());
        if (known == null) {
            Long queue = starvation == null ? null : starvation.queueOf(awaited);
            long object = queue == null ? awaited.objectId() : queue;
            known = new Resource(
                    resources.size() + 1L,
                    isCompleted(awaited)
                            ? ResourceKind.FUTURE
                            : HeapPipes.isPipe(heap, object) ? ResourceKind.QUEUE : kind,
                    className(object),
                    "0x" + Long.toHexString(object),
                    null,
                    awaited.ownerId() == 0 ? Resource.Needs.ANY_HOLDER : Resource.Needs.ALL_HOLDERS,
                    holders.of(awaited));
            resources.put(awaited.objectId(), known);
        }
        return known;
    }
}
