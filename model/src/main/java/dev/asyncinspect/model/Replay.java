package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a recorded JVM looked like at one moment. */
final class Replay {

    /*
     * Holders are taken at their word only where a recording can know them all: a lock has one owner, and permits add up to the
     * capacity. Otherwise somebody who was there before may hold one too, and nothing must follow from those that were seen.
     */

    /** Stands for whatever a task waits for when nobody said. */
    private static final ResourceHistory NOBODY_SAID =
            new ResourceHistory(0, ResourceKind.UNKNOWN, null, 0, List.of(), List.of(), false, List.of(), 0);

    private static final int SHOWN = 10;

    private final Recording recording;
    private final long moment;
    private final RecordedFutures futures;
    private final RecordedJoins joins;
    private final Map<Long, Resource> resources = new TreeMap<>();
    private @Nullable Map<Long, Long> completers;

    private Replay(Recording recording, long moment) {
        this.recording = recording;
        this.moment = moment;
        this.futures = new RecordedFutures(recording, moment);
        this.joins = new RecordedJoins(recording, moment);
    }

    static Snapshot at(Recording recording, long moment) {
        return new Replay(recording, moment).snapshot();
    }

    private Snapshot snapshot() {
        List<Task> tasks = new ArrayList<>();
        for (TaskHistory task : recording.tasks()) {
            Segment segment = task.at(moment);
            if (segment != null) {
                tasks.add(task(task, segment.state()));
            }
        }
        recording.resources().forEach(this::resource);
        Completeness seen = recording.completeness();
        return new Snapshot(
                recording.timeOf(moment),
                recording.source(),
                tasks,
                List.copyOf(resources.values()),
                new Completeness(
                        tasks.size(), ThreadAttributes.NONE, seen.gaps(), seen.truncated(), seen.droppedEvents()));
    }

    private Task task(TaskHistory task, TaskState state) {
        Await await = state == TaskState.BLOCKED ? task.awaitAt(moment) : null;
        return new Task(
                task.id(),
                task.name(),
                task.kind(),
                state,
                StackTrace.EMPTY,
                await == null ? null : waiting(task, await),
                null,
                life(task, state));
    }

    private TaskLife life(TaskHistory task, TaskState state) {
        List<Wake> wakes =
                task.wakes().stream().filter(wake -> wake.atNanos() <= moment).toList();
        long waker = wakes.isEmpty() ? 0 : wakes.get(wakes.size() - 1).wakerId();
        long running = task.nanosIn(TaskState.RUNNING, moment);
        long scheduled = task.nanosIn(TaskState.SCHEDULED, moment);
        long age = Math.min(moment, task.endedNanos()) - task.bornNanos();
        return new TaskLife(
                task.parentId(),
                task.createdAt(),
                age,
                task.polls(moment),
                wakes.size(),
                wakes.stream().filter(Wake::self).count(),
                waker == 0 ? Fact.unknown("nobody was seen to wake it") : Fact.observed(waker),
                running,
                scheduled,
                Math.max(0, age - running - scheduled),
                state == TaskState.FAILED ? task.failure() : null,
                task.complete());
    }

    private Wait waiting(TaskHistory task, Await await) {
        Resource end = joins.end(task, await);
        ResourceHistory found = await.resourceId() == 0 ? null : recording.resource(await.resourceId());
        ResourceHistory resource = found == null ? NOBODY_SAID : found;
        if (end == null) {
            resource(resource);
        } else {
            resources.put(end.id(), end);
        }
        CodeSite site = await.site();
        return new Wait(
                end == null ? resource.id() : end.id(),
                AwaitSite.named(site == null ? new CodeSite("an await that nobody named", null) : site),
                mode(task, resource),
                await.timed() ? Bound.TIMED : Bound.UNBOUNDED,
                await.episode(),
                Fact.observed(await.nanosUntil(moment)));
    }

    /** Of a read-write lock it is not told which half is wanted; who holds a read half and waits can only want the other. */
    private AccessMode mode(TaskHistory task, ResourceHistory resource) {
        return switch (resource.kind()) {
            case SEMAPHORE, CONNECTION_POOL -> AccessMode.SHARED;
            case READ_WRITE_LOCK ->
                resource.heldAt(moment).stream().anyMatch(holding -> holding.taskId() == task.id())
                        ? AccessMode.EXCLUSIVE
                        : AccessMode.SHARED;
            default -> AccessMode.EXCLUSIVE;
        };
    }

    private void resource(ResourceHistory resource) {
        resources.computeIfAbsent(
                resource.id(),
                id -> new Resource(
                        id,
                        resource.kind(),
                        null,
                        null,
                        resource.name(),
                        hasOneOwner(resource) ? Resource.Needs.ALL_HOLDERS : Resource.Needs.ANY_HOLDER,
                        holders(resource)));
    }

    private static boolean hasOneOwner(ResourceHistory resource) {
        return switch (resource.kind()) {
            case LOCK, MONITOR, READ_WRITE_LOCK -> true;
            default -> false;
        };
    }

    private Fact<List<Hold>> holders(ResourceHistory resource) {
        List<Holding> held = resource.heldAt(moment);
        List<Hold> holds = held.stream().map(Replay::hold).toList();
        if (holds.isEmpty()) {
            Long completer =
                    resource.kind() == ResourceKind.FUTURE ? completers().get(resource.id()) : null;
            if (completer != null) {
                return futures.completers(completer);
            }
            return Fact.unknown("nobody was seen to take it");
        }
        if (hasOneOwner(resource)) {
            return resource.exact() && recording.isWhole()
                    ? Fact.observed(holds)
                    : Fact.inferred(holds, "the recording; events are missing, one of which may have been a release");
        }
        if (resource.kind() == ResourceKind.THREAD_END) {
            return Fact.unknown("it waits for "
                    + holds.stream()
                            .limit(SHOWN)
                            .map(hold -> TaskNumber.text(hold.taskId()))
                            .collect(Collectors.joining(", "))
                    + (holds.size() > SHOWN ? " and " + (holds.size() - SHOWN) + " more" : "")
                    + " to end; a timeout or what one of them returns may end it sooner");
        }
        if (resource.kind() == ResourceKind.FUTURE) {
            return futures.completers(holds.get(0).taskId());
        }
        long permits = held.stream().mapToLong(Holding::permits).sum();
        if (!resource.exact() || !recording.isWhole()) {
            return Fact.unknown("permits are given back by others than those who took them, or events are missing");
        }
        int capacity = resource.capacityAt(moment);
        return capacity > 0 && permits >= capacity
                ? Fact.observed(holds)
                : Fact.unknown(permits + (capacity > 0 ? " of " + capacity : "")
                        + " permits were seen to be taken; others may hold the rest");
    }

    /** The tasks whose end completes a future, by that, as long as they live. */
    private Map<Long, Long> completers() {
        if (completers == null) {
            completers = new HashMap<>();
            for (TaskHistory task : recording.tasks()) {
                for (TaskLink link : task.links()) {
                    if (link.how() == TaskLink.How.COMPLETES && task.livesAt(moment)) {
                        completers.put(link.otherId(), task.id());
                    }
                }
            }
        }
        return completers;
    }

    private static Hold hold(Holding holding) {
        CodeSite site = holding.site();
        Fact<Frame> where = frame(site);
        return new Hold(holding.taskId(), holding.mode(), where);
    }

    private static Fact<Frame> frame(@Nullable CodeSite site) {
        if (site == null) {
            return Fact.unknown("nobody said where it was taken");
        }
        Frame frame = site.frame();
        return frame == null ? Fact.unknown("recorded as '" + site.text() + "'") : Fact.observed(frame);
    }
}
