package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Gap;
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
import dev.asyncinspect.model.Works;
import dev.asyncinspect.sources.AttachRows.About;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of the rows of one sample: what the objects of a JVM say about who waits for whom. */
final class AttachSnapshot {

    private static final String SIGNALLER = "java.util.concurrent.CompletableFuture$Signaller";
    /** What only goes on when all of those who have it let it: a lock has one owner, of a pool all workers have to end. */
    private static final Set<ResourceKind> OF_ALL =
            Set.of(ResourceKind.LOCK, ResourceKind.READ_WRITE_LOCK, ResourceKind.POOL);

    private final AttachRows rows;
    private final AwaitSites sites;
    private final Interner interner = new Interner();
    private final StackKinds kinds = new StackKinds();
    private final Map<Long, StackTrace> stacks = new HashMap<>();
    private final Map<Long, Integer> episodes = new HashMap<>();
    private final Map<Long, Integer> awaitedFutures = new HashMap<>();
    private final Map<Long, Integer> awaitedMonitors = new HashMap<>();
    private final AttachScopes scopes;
    private final Map<Object, Resource> resources = new HashMap<>();
    private final AttachBacklogs backlogs;
    private final AttachHolders holders;
    private final AttachDetails details;

    private AttachSnapshot(AttachRows rows, AwaitSites sites) {
        this.rows = rows;
        this.sites = sites;
        this.scopes = new AttachScopes(rows);
        AttachFutures futures = new AttachFutures(rows);
        this.backlogs = new AttachBacklogs(rows);
        this.holders = new AttachHolders(
                rows, futures, scopes, backlogs, id -> stacks.getOrDefault(id, StackTrace.EMPTY), sites);
        this.details = new AttachDetails(rows, futures);
    }

    static Snapshot of(AttachRows rows, Source source, Instant takenAt, AwaitSites sites) {
        return new AttachSnapshot(rows, sites).snapshot(source, takenAt);
    }

    private Snapshot snapshot(Source source, Instant takenAt) {
        Map<Integer, StackTrace> byId = new HashMap<>();
        for (Row.ThreadSeen thread : rows.threads) {
            stacks.put(thread.threadId(), byId.computeIfAbsent(thread.stackId(), this::stack));
        }
        for (int ref : rows.refs()) {
            rows.about(ref).threads(Relation.EPISODE).forEach(thread -> episodes.put(thread, ref));
            rows.about(ref).threads(Relation.WAITER).forEach(thread -> awaitedFutures.put(thread, ref));
            rows.about(ref).threads(Relation.BLOCKED).forEach(thread -> awaitedMonitors.put(thread, ref));
        }
        List<Task> tasks = new ArrayList<>(rows.threads.size());
        rows.threads.forEach(thread -> tasks.add(task(thread)));
        for (int ref : rows.refs()) {
            if (!rows.about(ref).threads(Relation.MONITOR_OWNER).isEmpty()) {
                resource(ref, ResourceKind.MONITOR); // also if nobody waits for it: a view of one task shows it
            }
        }
        AttachRooms.holders(rows, tasks, byId(), sites).forEach(this::isHeld);
        Completeness completeness =
                new Completeness(tasks.size(), tasks.size(), gaps(), rows.dropped() > 0, rows.dropped());
        Works works = new Works(backlogs.pools(this::resourceId), List.of(), List.of());
        return new Snapshot(takenAt, source, tasks, List.copyOf(resources.values()), completeness).withWorks(works);
    }

    private StackTrace stack(int stackId) {
        List<Frame> frames = new ArrayList<>();
        for (StackTraceElement element : rows.stack(stackId)) {
            String file = element.isNativeMethod() ? null : element.getFileName(); // as a dump prints it, the line too
            int line = element.isNativeMethod()
                    ? Frame.LINE_NATIVE
                    : file == null || element.getLineNumber() < 0 ? Frame.LINE_UNKNOWN : element.getLineNumber();
            frames.add(new Frame(element.getClassName(), element.getMethodName(), file, line));
        }
        return interner.stack(frames);
    }

    private Task task(Row.ThreadSeen thread) {
        StackTrace stack = stacks.getOrDefault(thread.threadId(), StackTrace.EMPTY);
        Wait wait = waiting(thread, stack);
        ThreadAttributes attributes = new ThreadAttributes(
                thread.threadId(),
                ThreadAttributes.NONE,
                thread.state(),
                thread.daemon(),
                ThreadAttributes.NONE,
                ThreadAttributes.NONE,
                thread.containerRef() == 0 ? null : scopes.nameOf(thread.containerRef()),
                thread.virtual() && thread.carrierThreadId() != 0 ? thread.carrierThreadId() : ThreadAttributes.NONE);
        return new Task(
                thread.threadId(),
                thread.name(),
                thread.virtual() ? TaskKind.VIRTUAL_THREAD : TaskKind.PLATFORM_THREAD,
                wait == null ? state(thread) : TaskState.BLOCKED,
                stack,
                wait,
                attributes);
    }

    private static TaskState state(Row.ThreadSeen thread) {
        return switch (thread.state()) {
            case "NEW" -> TaskState.PENDING;
            case "RUNNABLE" ->
                thread.virtual() && thread.carrierThreadId() == 0 ? TaskState.SCHEDULED : TaskState.RUNNING;
            case "TERMINATED" -> TaskState.COMPLETED;
            default -> TaskState.BLOCKED;
        };
    }

    private @Nullable Wait waiting(Row.ThreadSeen thread, StackTrace stack) {
        Frame top = stack.top();
        if (top == null) {
            return null;
        }
        if (state(thread) != TaskState.BLOCKED) {
            return WaitKinds.isBlockingNative(top) && !thread.virtual()
                    ? wait(thread, stack, resource(0, ResourceKind.IO), Bound.UNKNOWN)
                    : null;
        }
        boolean monitor = thread.state().equals("BLOCKED");
        ResourceKind kind = monitor ? ResourceKind.MONITOR : kinds.of(stack);
        int awaited = monitor ? awaitedMonitors.getOrDefault(thread.threadId(), 0) : awaited(thread, stack);
        Long ends = rows.about(thread.blockerRef()).number(Relation.TIMED);
        boolean timed =
                thread.state().equals("TIMED_WAITING") && (ends == null || ends != 0) && !sites.waitsForEver(stack);
        Bound bound = timed ? Bound.TIMED : Bound.UNBOUNDED;
        String queue = kind == ResourceKind.QUEUE ? FullQueues.queueOf(stack.frames()) : null;
        return wait(thread, stack, resource(awaited, kind, queue), bound);
    }

    /** The object that the thread is parked for; of a CompletableFuture or a Phaser the blocker is only the means. */
    private int awaited(Row.ThreadSeen thread, StackTrace stack) {
        if (thread.blockerRef() == 0) {
            return scopes.joinedBy(thread.threadId(), stack);
        }
        List<Integer> ending = rows.about(thread.blockerRef()).objects(Relation.ENDS);
        if (!ending.isEmpty()) {
            return ending.get(0);
        }
        List<Integer> behind = rows.about(thread.blockerRef()).objects(Relation.AWAITS);
        return !behind.isEmpty()
                ? behind.get(0)
                : isMeans(thread)
                        ? awaitedFutures.getOrDefault(thread.threadId(), thread.blockerRef())
                        : thread.blockerRef();
    }

    /** Whether its blocker exists for this one act of waiting alone. */
    private boolean isMeans(Row.ThreadSeen thread) {
        About blocker = rows.about(thread.blockerRef());
        return blocker.className().equals(SIGNALLER)
                || !blocker.objects(Relation.AWAITS).isEmpty();
    }

    private Wait wait(Row.ThreadSeen thread, StackTrace stack, Resource resource, Bound bound) {
        Frame top = stack.frames().get(0);
        AwaitSite site = resource.kind() == ResourceKind.MONITOR ? sites.monitorSite(stack, 0) : sites.callSite(stack);
        int scope = scopes.joinedBy(thread.threadId(), stack);
        int episode = isMeans(thread)
                ? thread.blockerRef()
                : scope != 0 ? scope : episodes.getOrDefault(thread.threadId(), 0);
        return new Wait(
                resource.id(),
                site == null ? AwaitSite.lineOnly(top, top.method()) : site,
                kinds.mode(stack),
                bound,
                episode);
    }

    private LongFunction<@Nullable Resource> byId() {
        Map<Long, Resource> found = new HashMap<>();
        resources.values().forEach(resource -> found.put(resource.id(), resource));
        return found::get;
    }

    private void isHeld(long resourceId, Fact<List<Hold>> holders) {
        resources.replaceAll((key, resource) -> resource.id() == resourceId ? resource.withHolders(holders) : resource);
    }

    private @Nullable Long resourceId(int ref) {
        Resource resource = resources.get(ref);
        return resource == null ? null : resource.id();
    }

    /** What has this number, and apart from it its monitor; of what has none there is one for each kind. */
    private Resource resource(int ref, ResourceKind kind) {
        return resource(ref, kind, null);
    }

    /**
     * The same.
     *
     * @param queue class of the queue in which there is no room; null if it is something else
     */
    private Resource resource(int ref, ResourceKind kind, @Nullable String queue) {
        Object key = ref == 0 ? kind : kind == ResourceKind.MONITOR ? "monitor " + ref : Integer.valueOf(ref);
        Resource known = resources.get(key);
        if (known == null) {
            String className = queue == null || ref == 0 ? rows.about(ref).className() : queue;
            Fact<List<Hold>> held = ref == 0 ? Fact.unknown("it could not be read") : holders.of(ref, kind);
            known = new Resource(
                    resources.size() + 1L,
                    kind,
                    className.isEmpty() ? null : className,
                    ref == 0 ? null : String.valueOf(ref),
                    ref == 0 ? null : rows.about(ref).text(Relation.NAME),
                    OF_ALL.contains(kind) ? Resource.Needs.ALL_HOLDERS : Resource.Needs.ANY_HOLDER,
                    held,
                    ref == 0 ? List.of() : details.of(ref, kind),
                    null);
            resources.put(key, known);
        }
        return known;
    }

    private List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        rows.notSeen.forEach(row -> gaps.add(new Gap(row.what(), row.reason())));
        if (rows.dropped() > 0) {
            gaps.add(Gap.of(rows.dropped(), "fact", " beyond the limit of one sample", ""));
        }
        gaps.add(new Gap("who could still complete or signal what is waited for", "async-inspect prove tells"));
        return gaps;
    }
}
