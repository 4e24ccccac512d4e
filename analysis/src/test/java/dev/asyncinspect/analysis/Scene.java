package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.CarrierPool;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Detail;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.FailedWork;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Lease;
import dev.asyncinspect.model.Leases;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.UnstartedWork;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.model.WorkPool;
import dev.asyncinspect.model.Works;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A snapshot told as a scene: {@code scene.task("a").holds("A").waitsFor("B")}. Resources appear when they are named. */
final class Scene {

    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private final Map<String, Prop> props = new LinkedHashMap<>();
    private Source.Distance distance = Source.Distance.TEXT_DUMP;
    private CarrierPool carriers;
    private final List<WorkPool> pools = new ArrayList<>();
    private final List<UnstartedWork> unstarted = new ArrayList<>();
    private final List<FailedWork> failed = new ArrayList<>();

    Actor task(String name) {
        return actors.computeIfAbsent(name, n -> new Actor(n, actors.size() + 1));
    }

    Prop resource(String name) {
        return props.computeIfAbsent(name, n -> new Prop(n, props.size() + 1));
    }

    /** The threads were read one after another. */
    Scene asJson() {
        distance = Source.Distance.JSON_DUMP;
        return this;
    }

    /** A heap was dumped. */
    Scene asHeap() {
        distance = Source.Distance.HEAP;
        return this;
    }

    /** The objects were read, after the threads. */
    Scene attached() {
        distance = Source.Distance.ATTACH;
        return this;
    }

    Scene carriers(int parallelism, int queued) {
        carriers = new CarrierPool(parallelism, parallelism, parallelism, queued, 0);
        return this;
    }

    /** Nobody has begun what completes this future; it lies in this pool, or was for this thread, or neither. */
    Scene unstarted(String future, String pool, String thread) {
        long poolId = pool == null
                ? ThreadAttributes.NONE
                : resource(pool).is(ResourceKind.POOL).needsAny().id;
        unstarted.add(new UnstartedWork(resource(future).id, poolId, thread, "shop.Work"));
        return this;
    }

    Scene pool(WorkPool pool) {
        pools.add(pool);
        return this;
    }

    Scene failed(FailedWork work) {
        failed.add(work);
        return this;
    }

    /** The snapshot, so many milliseconds after the first. */
    Snapshot at(long millis) {
        List<Task> tasks =
                actors.values().stream().map(actor -> actor.build(millis)).toList();
        List<Resource> resources = props.values().stream().map(Prop::build).toList();
        return new Snapshot(
                Instant.EPOCH.plusMillis(millis),
                new Source(distance, "scene", 1, "25"),
                tasks,
                resources,
                new Completeness(tasks.size(), tasks.size(), List.of(), false, 0),
                carriers,
                new Works(pools, unstarted, failed));
    }

    /** Somebody in the scene. */
    final class Actor {

        private final String name;
        private final long id;
        private TaskKind kind = TaskKind.PLATFORM_THREAD;
        private TaskState state = TaskState.RUNNING;
        private Wait wait;
        private long cpuMillis;
        private boolean daemon;
        private long carrier = ThreadAttributes.NONE;
        private List<Frame> stack = new ArrayList<>();

        private Actor(String name, long id) {
            this.name = name;
            this.id = id;
            stack.add(new Frame("shop.Main", name.replaceAll("\\W", ""), "Main.java", 10));
        }

        long id() {
            return id;
        }

        Actor holds(String resource) {
            return holds(resource, AccessMode.EXCLUSIVE);
        }

        Actor holds(String resource, AccessMode mode) {
            Frame at = new Frame("shop.Main", "take", "Main.java", 5);
            resource(resource).holds.add(new Hold(id, mode, Fact.inferred(at, "bytecode")));
            return this;
        }

        Actor waitsFor(String resource) {
            return waitsFor(resource, AccessMode.EXCLUSIVE, Bound.UNBOUNDED);
        }

        Actor waitsFor(String resource, AccessMode mode, Bound bound) {
            state = TaskState.BLOCKED;
            wait = new Wait(resource(resource).id, AwaitSite.lineOnly(stack.get(0), "lock"), mode, bound);
            return this;
        }

        /** The wait is this act of waiting and no other. */
        Actor inAct(int episode) {
            wait = new Wait(wait.resourceId(), wait.site(), wait.mode(), wait.bound(), episode);
            return this;
        }

        Actor daemon() {
            daemon = true;
            return this;
        }

        Actor ended() {
            state = TaskState.COMPLETED;
            return this;
        }

        /** A virtual thread that could run. */
        Actor runnable() {
            kind = TaskKind.VIRTUAL_THREAD;
            state = TaskState.SCHEDULED;
            return this;
        }

        Actor unmounted() {
            kind = TaskKind.VIRTUAL_THREAD;
            return this;
        }

        Actor virtualOn(String carrierName) {
            kind = TaskKind.VIRTUAL_THREAD;
            carrier = task(carrierName).id;
            return this;
        }

        Actor cpu(long millis) {
            cpuMillis = millis;
            return this;
        }

        /** Frames from the innermost outwards: {@code java.util.concurrent.FutureTask.get}. */
        Actor at(String... methods) {
            stack = new ArrayList<>();
            for (String method : methods) {
                int dot = method.lastIndexOf('.');
                stack.add(new Frame(method.substring(0, dot), method.substring(dot + 1), "Source.java", 7));
            }
            return this;
        }

        private Task build(long millis) {
            ThreadAttributes thread = new ThreadAttributes(
                    id, id, null, daemon, cpuMillis * 1_000_000, 1_000_000_000L + millis * 1_000_000, null, carrier);
            return new Task(id, name, kind, state, StackTrace.of(stack), wait, thread);
        }
    }

    /** Something in the scene. Its holders are known unless it is said otherwise. */
    static final class Prop {

        private final String name;
        private final long id;
        private final List<Hold> holds = new ArrayList<>();
        private ResourceKind kind = ResourceKind.LOCK;
        private Resource.Needs needs = Resource.Needs.ALL_HOLDERS;
        private String unknown;
        private String inferred;
        private Leases leases;
        private List<Detail> details = List.of();
        private String className = "java.util.concurrent.locks.ReentrantLock$NonfairSync";

        private Prop(String name, long id) {
            this.name = name;
            this.id = id;
        }

        Prop is(ResourceKind other) {
            kind = other;
            return this;
        }

        Prop says(List<Detail> more) {
            details = more;
            return this;
        }

        Prop ofClass(String other) {
            className = other;
            return this;
        }

        /** A pool that may have so many and has given out these. */
        Prop gaveOut(int most, Lease... taken) {
            leases = new Leases(most, taken.length, 0, List.of(taken));
            return is(ResourceKind.CONNECTION_POOL).needsAny();
        }

        /** One holder that goes on is enough. */
        Prop needsAny() {
            needs = Resource.Needs.ANY_HOLDER;
            return this;
        }

        Prop holdersUnknown() {
            unknown = "not in this scene";
            return this;
        }

        Prop holdersInferred() {
            inferred = "something else";
            return this;
        }

        private Resource build() {
            Fact<List<Hold>> holders = unknown != null
                    ? Fact.unknown(unknown)
                    : inferred != null
                            ? Fact.inferred(List.copyOf(holds), inferred)
                            : Fact.observed(List.copyOf(holds));
            return new Resource(id, kind, className, null, name, needs, holders, details, leases);
        }
    }
}
