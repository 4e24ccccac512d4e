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
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.UnreadOutput;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells for which child process a thread waits that itself waits for the JVM to read what it writes. */
final class ChildOutputs {

    /*
     *   thread ── waitFor ──► child ── write, the pipe is full ──► nobody reads
     *
     * A dump does not say for which child a thread stands in waitFor. If all children that live wait to write, it is one of these.
     * Whoever reads the full pipe is only seen at an odd moment; then nothing is said of that child.
     */

    private static final String WAIT_FOR = "java.lang.ProcessImpl";

    private final Snapshot snapshot;
    private final long jvm;
    private final StuckChildren children;

    private ChildOutputs(Snapshot snapshot, long jvm, StuckChildren children) {
        this.snapshot = snapshot;
        this.jvm = jvm;
        this.children = children;
    }

    /** Whether some thread of this dump waits for a child: then it is worth a look at them. */
    static boolean areAwaited(String dump) {
        return dump.contains(WAIT_FOR + ".waitFor");
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
        if (snapshot.tasks().stream().noneMatch(ChildOutputs::standsInWaitFor)) {
            return snapshot;
        }
        if (!children.isTold()) {
            return snapshot.withCompleteness(withGap(snapshot.completeness()));
        }
        Set<String> read = pipesReadNow();
        List<UnreadOutput> outputs = new ArrayList<>();
        for (StuckChildren.Child child : children.all()) {
            if (child.output() == null || read.contains(child.output().pipe())) {
                return snapshot; // this one may be waited for, and goes on
            }
            outputs.add(child.output());
        }
        return outputs.isEmpty() ? snapshot : with(children.all().get(0).label(), outputs);
    }

    private Set<String> pipesReadNow() {
        Set<String> pipes = new HashSet<>();
        for (Task task : snapshot.tasks()) {
            Frame top = task.stack().top();
            ThreadAttributes thread = task.thread();
            if (thread != null
                    && top != null
                    && top.line() == Frame.LINE_NATIVE
                    && top.method().startsWith("read")) {
                ProcPipes.End end = ProcPipes.readBy(jvm, thread.nativeId());
                if (end != null) {
                    pipes.add(end.pipe());
                }
            }
        }
        return pipes;
    }

    private Snapshot with(String label, List<UnreadOutput> outputs) {
        Resource child = new Resource(
                snapshot.resources().stream().mapToLong(Resource::id).max().orElse(0) + 1,
                ResourceKind.IO,
                "java.lang.Process",
                null,
                outputs.size() == 1 ? label : "one of " + outputs.size() + " processes, such as " + label,
                Resource.Needs.ANY_HOLDER,
                Fact.unknown("who will read is not to be seen"),
                outputs.get(0).details(),
                null);
        List<Resource> resources = new ArrayList<>(snapshot.resources());
        resources.add(child);
        return snapshot.withResources(resources)
                .withTasks(snapshot.tasks().stream()
                        .map(task -> standsInWaitFor(task) ? rewired(task, child.id()) : task)
                        .toList());
    }

    private static Task rewired(Task task, long resource) {
        Wait wait = task.waiting();
        return wait == null
                ? task
                : new Task(
                        task.id(),
                        task.name(),
                        task.kind(),
                        task.state(),
                        task.stack(),
                        new Wait(resource, wait.site(), wait.mode(), wait.bound(), wait.episode(), wait.waitedNanos()),
                        task.thread(),
                        task.life());
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
