package dev.asyncinspect.sources;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells for which child process a thread waits that itself waits for the JVM to read what it writes. */
final class ChildOutputs {

    /*
     *   thread ── waitFor ──► child ── write, the pipe is full ──► nobody reads
     *
     *   thread ── read, the pipe is empty ──► child, which alone could write to it ── write, another pipe is full ──► nobody reads
     *
     * A dump does not say for which child a thread stands in waitFor. If all children that live wait to write, it is one of these.
     * Which pipe a thread reads the system tells, and so which child. Whoever reads the full pipe is only seen at an odd moment;
     * then nothing is said of that child.
     */

    private static final String WAIT_FOR = "java.lang.ProcessImpl";
    /** Its file descriptor: no stream of a child. */
    private static final int STDIN = 0;

    private final Snapshot snapshot;
    private final long jvm;
    private final StuckChildren children;
    private final List<Resource> resources;
    /** What tasks wait for, by their numbers. */
    private final Map<Long, Resource> childOf = new HashMap<>();

    private ChildOutputs(Snapshot snapshot, long jvm, StuckChildren children) {
        this.snapshot = snapshot;
        this.jvm = jvm;
        this.children = children;
        resources = new ArrayList<>(snapshot.resources());
    }

    /** Whether some thread of this dump may wait for a child: then it is worth a look at them. */
    static boolean areAwaited(AnswerText dump) {
        return dump.contains(WAIT_FOR + ".waitFor") || PipeReaders.areIn(dump);
    }

    /**
     * The same moment with the child in the place of what who waits for it was seen to wait for.
     *
     * @param children as they stood when the dump was taken; null if nobody looked
     */
    static Snapshot in(Snapshot snapshot, long jvm, @Nullable StuckChildren children) {
        return children == null ? snapshot : new ChildOutputs(snapshot, jvm, children).told();
    }

    private Snapshot told() {
        if (children.all().isEmpty()) {
            return snapshot;
        }
        Map<Long, ProcPipes.End> reading = PipeReaders.of(snapshot, jvm);
        List<Task> waiting =
                snapshot.tasks().stream().filter(ChildOutputs::standsInWaitFor).toList();
        boolean mayReadOfChild = reading.values().stream().anyMatch(end -> end.descriptor() != STDIN);
        if (waiting.isEmpty() && !mayReadOfChild) {
            return snapshot;
        }
        if (!children.isTold()) {
            return snapshot.withCompleteness(withGap(snapshot.completeness()));
        }
        Set<String> read = new HashSet<>();
        reading.values().forEach(end -> read.add(end.pipe()));
        boolean allStuck = true;
        List<StuckChildren.Child> stuck = new ArrayList<>();
        for (StuckChildren.Child child : children.all()) {
            if (child.output() == null || read.contains(child.output().pipe())) {
                allStuck = false; // this one may be waited for, and goes on
            } else {
                stuck.add(child);
            }
        }
        if (allStuck && !stuck.isEmpty() && !waiting.isEmpty()) {
            Resource child = resource(stuck);
            waiting.forEach(task -> childOf.put(task.id(), child));
        }
        stuck.forEach(child -> readersOf(child, reading));
        return childOf.isEmpty()
                ? snapshot
                : snapshot.withResources(resources)
                        .withTasks(snapshot.tasks().stream().map(this::rewired).toList());
    }

    /** Those who read what only a child can write that is stuck with another stream. */
    private void readersOf(StuckChildren.Child child, Map<Long, ProcPipes.End> reading) {
        List<Long> readers = snapshot.tasks().stream()
                .filter(PipeReaders::reads)
                .filter(task -> {
                    ProcPipes.End end = reading.get(task.id());
                    return end != null && child.aloneWrites(end.pipe());
                })
                .map(Task::id)
                .toList();
        if (!readers.isEmpty()) {
            Resource resource = resource(List.of(child));
            readers.forEach(task -> childOf.put(task, resource));
        }
    }

    private Resource resource(List<StuckChildren.Child> stuck) {
        StuckChildren.Child first = stuck.get(0);
        Resource child = new Resource(
                resources.stream().mapToLong(Resource::id).max().orElse(0) + 1,
                ResourceKind.IO,
                "java.lang.Process",
                null,
                stuck.size() == 1 ? first.label() : "one of " + stuck.size() + " processes, such as " + first.label(),
                Resource.Needs.ANY_HOLDER,
                Fact.unknown("who will read is not to be seen"),
                Objects.requireNonNull(first.output()).details(),
                null);
        resources.add(child);
        return child;
    }

    private Task rewired(Task task) {
        Wait wait = task.waiting();
        Resource child = childOf.get(task.id());
        return wait == null || child == null
                ? task
                : task.withWait(new Wait(
                        child.id(), wait.site(), wait.mode(), Bound.UNBOUNDED, wait.episode(), wait.waitedNanos()));
    }

    /** Of the waits without a timeout. */
    private static boolean standsInWaitFor(Task task) {
        Wait wait = task.waiting();
        if (wait == null || wait.bound() != Bound.UNBOUNDED) {
            return false;
        }
        for (Frame frame : task.stack().frames()) {
            if (!frame.isJdk()) {
                return false;
            }
            if (frame.className().equals(WAIT_FOR) && frame.method().equals("waitFor")) {
                return true;
            }
        }
        return false;
    }

    private static Completeness withGap(Completeness known) {
        List<Gap> gaps = new ArrayList<>(known.gaps());
        gaps.add(new Gap(
                "what the child processes wait for", "the system does not show it, look as the user that they run as"));
        return new Completeness(
                known.threadsSeen(), known.threadsTotal(), gaps, known.truncated(), known.droppedEvents());
    }
}
