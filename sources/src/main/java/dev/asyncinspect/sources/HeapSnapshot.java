package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import dev.asyncinspect.sources.heap.HeapThread;
import dev.asyncinspect.sources.heap.StuckThreads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of a heap dump: who waits for what, and who is left that could give it. */
final class HeapSnapshot {

    private static final Fact<Frame> NO_SITE = Fact.unknown("a heap dump does not tell");

    private final Heap heap;
    private final CompiledMethods compiled;
    private final AwaitSites sites;
    private final HeapCompleteness completeness;
    private final boolean monitorsKnown;
    private final Interner interner = new Interner();
    private final StackKinds kinds = new StackKinds();
    private final Map<Long, Awaited> waits = new HashMap<>();
    private final StuckThreads stuck;
    private final @Nullable Map<Long, List<Long>> reachers;
    private final Map<Long, String> names;
    private final Map<Object, Resource> resources = new LinkedHashMap<>();
    private final Map<Long, Task> dead = new LinkedHashMap<>();

    /** One that may refer to objects that the dump does not show; null if none does. */
    private @Nullable Task runsProgram;

    private HeapSnapshot(Heap heap, CompiledMethods compiled, MonitorWitness monitors, AwaitSites sites) {
        this.heap = heap;
        this.compiled = compiled;
        this.sites = sites;
        this.completeness = new HeapCompleteness(heap);
        this.monitorsKnown = monitors.looked();
        HeapWaits finder = new HeapWaits(heap);
        List<Awaited> all = new ArrayList<>();
        List<Long> nameIds = new ArrayList<>();
        for (HeapThread thread : heap.threads()) {
            Awaited awaited = finder.of(thread);
            Awaited entry = awaited == null ? monitorEntry(thread, monitors) : awaited;
            if (entry != null) {
                all.add(entry);
            }
            if (awaited != null) {
                waits.put(thread.objectId(), awaited);
                nameIds.add(heap.reference(awaited.ownerId(), "name"));
            }
            nameIds.add(heap.reference(thread.objectId(), "name"));
        }
        stuck = StuckThreads.in(heap, completeness.showsAllStacks() ? all : List.of());
        reachers = stuck.reachers();
        names = heap.texts(nameIds);
    }

    static Snapshot of(Heap heap, CompiledMethods compiled, MonitorWitness monitors, Source source, AwaitSites sites) {
        return new HeapSnapshot(heap, compiled, monitors, sites).snapshot(source);
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
        runsProgram = heap.threads().stream()
                .filter(this::mayHideObjects)
                .findFirst()
                .map(thread -> new Task(
                        heap.number(thread.objectId(), "tid"),
                        name(thread.objectId()),
                        kind(thread.objectId()),
                        TaskState.UNKNOWN,
                        StackTrace.EMPTY,
                        null,
                        null))
                .orElse(null);
        for (HeapThread thread : heap.threads()) {
            Task task = task(thread);
            tasks.put(task.id(), task);
        }
        dead.forEach(tasks::putIfAbsent);
        int living = tasks.size() - dead.size();
        Completeness seen =
                new Completeness(living, living, completeness.gaps(monitorsKnown), !completeness.showsAllStacks(), 0);
        return new Snapshot(heap.takenAt(), source, List.copyOf(tasks.values()), List.copyOf(resources.values()), seen);
    }

    private Task task(HeapThread thread) {
        long id = thread.objectId();
        boolean virtual = kind(id) == TaskKind.VIRTUAL_THREAD;
        StackTrace stack = interner.stack(thread.frames());
        Wait wait = wait(thread, stack);
        return new Task(
                heap.number(id, "tid"),
                name(id),
                kind(id),
                wait != null
                        ? TaskState.BLOCKED
                        : stack.isEmpty() ? TaskState.SCHEDULED : virtual ? TaskState.UNKNOWN : TaskState.RUNNING,
                stack,
                wait,
                new ThreadAttributes(
                        heap.number(id, "tid"),
                        ThreadAttributes.NONE,
                        null,
                        isDaemon(id, virtual),
                        ThreadAttributes.NONE,
                        ThreadAttributes.NONE,
                        null,
                        ThreadAttributes.NONE));
    }

    private TaskKind kind(long thread) {
        return heap.isA(thread, "java.lang.BaseVirtualThread") ? TaskKind.VIRTUAL_THREAD : TaskKind.PLATFORM_THREAD;
    }

    private String name(long thread) {
        return names.getOrDefault(heap.reference(thread, "name"), "");
    }

    private boolean isDaemon(long thread, boolean virtual) {
        long holder = heap.reference(thread, "holder");
        return virtual || heap.number(holder == 0 ? thread : holder, "daemon") != 0;
    }

    private @Nullable Wait wait(HeapThread thread, StackTrace stack) {
        Frame top = stack.top();
        ResourceKind kind = kinds.of(stack);
        Awaited awaited = waits.get(thread.objectId());
        if (top == null || (awaited == null && kind == ResourceKind.UNKNOWN)) {
            return null;
        }
        AwaitSite site = sites.callSite(stack);
        Resource resource = awaited == null ? anonymous(kind) : resource(awaited, kind);
        return new Wait(
                resource.id(),
                site == null ? AwaitSite.lineOnly(top, top.method()) : site,
                kinds.mode(stack),
                awaited == null ? Bound.UNKNOWN : Bound.UNBOUNDED);
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

    private Resource resource(Awaited awaited, ResourceKind kind) {
        Resource known = resources.get(awaited.objectId());
        if (known == null) {
            HeapClass type = heap.classOf(awaited.objectId());
            known = new Resource(
                    resources.size() + 1L,
                    kind,
                    type == null ? null : type.name(),
                    "0x" + Long.toHexString(awaited.objectId()),
                    null,
                    awaited.ownerId() == 0 ? Resource.Needs.ANY_HOLDER : Resource.Needs.ALL_HOLDERS,
                    holders(awaited));
            resources.put(awaited.objectId(), known);
        }
        return known;
    }

    private Fact<List<Hold>> holders(Awaited awaited) {
        if (awaited.ownerId() != 0) {
            boolean joins = awaited.ownerId() == awaited.objectId();
            AccessMode mode = joins ? AccessMode.RUNS : AccessMode.EXCLUSIVE;
            return Fact.observed(List.of(new Hold(taskId(awaited.ownerId()), mode, NO_SITE)));
        }
        if (!stuck.isStuck(awaited.thread().objectId())) {
            return Fact.unknown("something that can still run reaches it");
        }
        long runner = heap.reference(awaited.objectId(), "runner");
        if (heap.isA(awaited.objectId(), "java.util.concurrent.FutureTask") && stuck.isStuck(runner)) {
            return fact(List.of(new Hold(taskId(runner), AccessMode.RUNS, NO_SITE)));
        }
        if (reachers == null) {
            return Fact.unknown("only threads that are stuck reach it; too many to tell which");
        }
        return fact(reachers.getOrDefault(awaited.objectId(), List.of()).stream()
                .map(thread -> new Hold(heap.number(thread, "tid"), AccessMode.REACHES, NO_SITE))
                .toList());
    }

    private Fact<List<Hold>> fact(List<Hold> holds) {
        Task unsure = runsProgram;
        return unsure == null
                ? Fact.observed(holds)
                : Fact.inferred(
                        holds,
                        unsure.label() + " has it in an object that the compiler has taken apart; heap dumps leave such"
                                + " objects out");
    }

    /*
     * Escape analysis keeps the fields of an object in registers and on the stack; HotSpot writes such an object to a heap
     * dump as null, and what only it refers to looks unreferenced. A thread that stands in compiled code of the program can
     * have one; those of the JDK's own loops, which only run it, hold what they run in plain sight.
     */
    private boolean mayHideObjects(HeapThread thread) {
        return !stuck.isStuck(thread.objectId())
                && compiled.mayBeOn(thread.frames())
                && thread.frames().stream().anyMatch(frame -> !frame.isJdk() && !frame.isHidden());
    }

    /** The number of a thread; one that has ended becomes a task that has. */
    private long taskId(long thread) {
        long id = heap.number(thread, "tid");
        boolean lives = heap.threads().stream().anyMatch(known -> known.objectId() == thread);
        if (!lives) {
            dead.put(id, new Task(id, name(thread), kind(thread), TaskState.COMPLETED, StackTrace.EMPTY, null, null));
        }
        return id;
    }
}
