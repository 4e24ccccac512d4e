package dev.asyncinspect.sources;

import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins a text dump with what tells more of the same JVM at nearly the same time: its objects, or a JSON dump. Monitors,
 * processor times and threads that run native code are best told by the text, all else by the other.
 */
final class SnapshotJoin {

    /*
     * The two were not taken at one instant. A thread counts as one that did not move if both show it at the same frames; of
     * others what the closer one says stands, and what the text says that they hold becomes unknown. Nothing is joined by an
     * address or a hash: the two name objects in ways that have nothing to do with each other. So of one lock there can be
     * two resources; the one of the text is kept only if somebody waits for it there alone.
     */

    private final Snapshot text;
    private final Snapshot closer;
    private final Set<Long> moved = new HashSet<>();
    private final Map<Long, Long> newIds = new HashMap<>();
    private final Map<StackTrace, List<Frame>> visible = new HashMap<>();
    private final List<Resource> resources;

    private SnapshotJoin(Snapshot text, Snapshot closer) {
        this.text = text;
        this.closer = closer;
        this.resources = new ArrayList<>(closer.resources());
    }

    static Snapshot of(Snapshot text, Snapshot closer) {
        return of(text, closer, Set.of());
    }

    /**
     * Joins them.
     *
     * @param moved ids of tasks that are known to have gone on in between
     */
    static Snapshot of(Snapshot text, Snapshot closer, Set<Long> moved) {
        SnapshotJoin join = new SnapshotJoin(text, closer);
        join.moved.addAll(moved);
        return join.joined();
    }

    private Snapshot joined() {
        for (Task task : text.tasks()) {
            Task other = closer.task(task.id());
            if (other == null || !atSameFrames(task.stack(), other.stack())) {
                moved.add(task.id());
            }
        }
        List<Task> tasks = new ArrayList<>();
        for (Task task : closer.tasks()) {
            Task other = text.task(task.id());
            tasks.add(other == null ? task : moved.contains(task.id()) ? withTimes(task, other) : join(other, task));
        }
        for (Task task : text.tasks()) {
            if (closer.task(task.id()) == null) {
                tasks.add(task.withWait(fromText(task.waiting()))); // one of the JVM's own, or one that ended meanwhile
            }
        }
        heldMonitors();
        return new Snapshot(
                closer.takenAt(),
                closer.source(),
                tasks,
                resources,
                completeness(tasks.size()),
                text.carriers(),
                closer.works());
    }

    private Task join(Task fromText, Task fromCloser) {
        Wait wait = fromCloser.waiting();
        Wait other = fromText.waiting();
        Resource known = wait == null ? null : closer.resource(wait.resourceId());
        boolean identified = known != null && known.identity() != null;
        if (wait == null || (!identified && other != null)) {
            wait = fromText(other);
        } else if (other != null) {
            wait = new Wait(wait.resourceId(), other.site(), wait.mode(), wait.bound(), wait.episode());
        }
        return new Task(
                        fromText.id(),
                        fromCloser.name(),
                        fromText.kind(),
                        fromText.state(),
                        fromText.stack(),
                        null,
                        both(fromText.thread(), fromCloser.thread()))
                .withWait(wait);
    }

    /** Times and native ids are in the dump alone, the rest is in both or in the closer one alone. */
    private static @Nullable ThreadAttributes both(
            @Nullable ThreadAttributes fromText, @Nullable ThreadAttributes fromCloser) {
        return fromText == null || fromCloser == null
                ? fromCloser
                : new ThreadAttributes(
                        fromCloser.threadId(),
                        fromText.nativeId(),
                        fromCloser.state(),
                        fromCloser.daemon(),
                        fromText.cpuNanos(),
                        fromText.elapsedNanos(),
                        fromCloser.container(),
                        fromCloser.carrierId());
    }

    /** Where a thread stands has changed, what it has used so far is still worth knowing. */
    private static Task withTimes(Task task, Task fromText) {
        return task.withThread(both(fromText.thread(), task.thread()));
    }

    private @Nullable Wait fromText(@Nullable Wait wait) {
        return wait == null
                ? null
                : new Wait(newId(wait.resourceId()), wait.site(), wait.mode(), wait.bound(), wait.episode());
    }

    /** The resource of the dump under a number that no resource of the closer one has. */
    private long newId(long idInText) {
        Long known = newIds.get(idInText);
        if (known != null) {
            return known;
        }
        long id = resources.size() + 1L;
        newIds.put(idInText, id);
        Resource resource = Objects.requireNonNull(text.resource(idInText));
        boolean hasMoved = resource.knownHolders().stream().anyMatch(hold -> moved.contains(hold.taskId()));
        Fact<List<Hold>> holders =
                hasMoved ? Fact.unknown("its holder went on while the sample was taken") : resource.holders();
        resources.add(new Resource(
                id,
                resource.kind(),
                resource.className(),
                resource.identity(),
                resource.name(),
                resource.needs(),
                holders,
                resource.details(),
                resource.leases()));
        return id;
    }

    /** Monitors that somebody holds and nobody waits for: a view of one task shows them. */
    private void heldMonitors() {
        for (Resource resource : text.resources()) {
            if (resource.kind() == ResourceKind.MONITOR
                    && !resource.knownHolders().isEmpty()) {
                newId(resource.id());
            }
        }
    }

    /** Whether both are the same place; one may leave out hidden frames, or end earlier. */
    private boolean atSameFrames(StackTrace one, StackTrace other) {
        List<Frame> here = visible(one);
        List<Frame> there = visible(other);
        int common = Math.min(here.size(), there.size());
        return here.subList(0, common).equals(there.subList(0, common)) && (common > 0 || here.size() == there.size());
    }

    private List<Frame> visible(StackTrace stack) {
        return visible.computeIfAbsent(
                stack,
                s -> s.frames().stream()
                        .filter(frame -> !frame.isHidden() && !isBelowTheProgram(frame))
                        .toList());
    }

    /** What stands at the bottom of each stack, of which not all tools show the same. */
    private static boolean isBelowTheProgram(Frame frame) {
        return frame.className().startsWith("java.lang.VirtualThread")
                || frame.className().equals("jdk.internal.vm.Continuation")
                || (frame.className().equals("java.lang.Thread")
                        && frame.method().startsWith("run"));
    }

    private Completeness completeness(int tasks) {
        Completeness seen = closer.completeness();
        List<Gap> gaps = new ArrayList<>(seen.gaps());
        if (text.completeness().truncated()) {
            gaps.addAll(text.completeness().gaps());
        }
        return new Completeness(
                tasks, tasks, gaps, seen.truncated() || text.completeness().truncated(), seen.droppedEvents());
    }
}
