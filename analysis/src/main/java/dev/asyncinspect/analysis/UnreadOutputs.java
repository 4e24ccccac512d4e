package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.UnreadOutput;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code unread-output}: a task waits for a child process, or reads from it, that waits for somebody to read what else it writes. */
final class UnreadOutputs implements Question {

    /*
     * No stack shows who has the stream of the child in hand. A thread that reads a line now and then, and works on it in between,
     * looks like any that works. So it is told as likely only if nobody in the program does anything: all wait for the next
     * piece of work, or for something without a timeout. While others are at work it is a hint, and only if the child has not
     * written more than a pipe takes, so that nobody has ever read; else nothing is told.
     */

    private static final long PIPE_BYTES = 1 << 16; // what a pipe of Linux takes, if nobody has asked for another size
    /** To other places, as while it was started; less than one reads at a time. */
    private static final long ELSEWHERE_BYTES = 4095;

    /** A thread of the JDK that begins with the first virtual one; JDK 21 tells no carriers. */
    private static final String UNPARKER = "VirtualThread-unparker";

    @Override
    public List<Finding> ask(Samples samples) {
        Map<Long, List<Task>> waiting = new LinkedHashMap<>();
        for (Task task : samples.latest().tasks()) {
            Resource child = awaited(samples.latest(), task);
            if (child != null && samples.several() && samples.samePlace(task) && stood(samples, task, child)) {
                waiting.computeIfAbsent(child.id(), id -> new ArrayList<>()).add(task);
            }
        }
        List<Finding> findings = new ArrayList<>();
        waiting.forEach((id, tasks) -> {
            Finding finding = finding(samples, samples.latest().resource(id), tasks);
            if (finding != null) {
                findings.add(finding);
            }
        });
        return findings;
    }

    private static @Nullable Resource awaited(Snapshot snapshot, Task task) {
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
        return resource == null || UnreadOutput.of(resource) == null ? null : resource;
    }

    /** Whether the child was as stuck in every sample, and had written as much. */
    private static boolean stood(Samples samples, Task task, Resource child) {
        for (Snapshot snapshot : samples.earlier()) {
            Task then = snapshot.task(task.id());
            Resource before = then == null ? null : awaited(snapshot, then);
            if (before == null
                    || !String.valueOf(before.name()).equals(child.name())
                    || !before.details().equals(child.details())) {
                return false;
            }
        }
        return true;
    }

    /** Whether somebody in the program is at work, or will be when a time is over. */
    private static boolean somebodyWorks(Samples samples) {
        Snapshot snapshot = samples.latest();
        if (snapshot.source().distance() != Source.Distance.ATTACH && mayHaveVirtualThreads(snapshot)) {
            return true; // those that are not mounted a dump does not show
        }
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
            boolean standsForGood = wait != null
                    && wait.bound() == Bound.UNBOUNDED
                    && (resource == null || resource.kind() != ResourceKind.IO) // an answer may come
                    && samples.samePlace(task);
            if (task.stack().firstOutsideJdk() != null
                    && !standsForGood
                    && awaited(snapshot, task) == null
                    && !Stacks.idle(task.stack())
                    && !Stacks.listens(task.stack())) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is another stream of the child that it waits for. */
    private static boolean reads(Task task) {
        Frame top = task.stack().top();
        return top != null && top.className().equals("java.io.FileInputStream");
    }

    private static boolean mayHaveVirtualThreads(Snapshot snapshot) {
        return snapshot.carriers() != null
                || snapshot.tasks().stream().anyMatch(task -> task.name().startsWith(UNPARKER));
    }

    private static @Nullable Finding finding(Samples samples, @Nullable Resource child, List<Task> tasks) {
        UnreadOutput output = child == null ? null : UnreadOutput.of(child);
        boolean works = somebodyWorks(samples);
        if (child == null || output == null || (works && output.writtenBytes() > PIPE_BYTES + ELSEWHERE_BYTES)) {
            return null;
        }
        Set<Long> ids = new LinkedHashSet<>();
        tasks.forEach(task -> ids.add(task.id()));
        boolean itself = output.writer().equals(child.name());
        boolean read = tasks.stream().allMatch(UnreadOutputs::reads);
        String where = Words.firstOf(
                tasks.stream()
                        .flatMap(task -> Stream.ofNullable(task.waiting()))
                        .map(wait -> wait.site().place())
                        .distinct()
                        .toList(),
                3);
        return new Finding(
                FindingKind.UNREAD_OUTPUT,
                works ? Confidence.HINT : Confidence.LIKELY,
                samples.basis(),
                (tasks.size() == 1
                                ? tasks.get(0).label() + (read ? " reads" : " waits")
                                : Words.count(tasks.size(), "task") + (read ? " read" : " wait"))
                        + " at " + where + (read ? " from " : " for ") + child.name() + ", which cannot go on: "
                        + (itself ? "it" : output.writer()) + " waits to write to its " + output.stream()
                        + ", and nobody reads that.",
                tasks.stream()
                        .map(task -> new Link(task.id(), child.id(), null, List.of()))
                        .toList(),
                false,
                List.copyOf(ids),
                Behind.of(samples.latest(), ids),
                List.of(child.id()),
                evidence(child, output, works, read),
                works
                        ? "a thread that is at work reads it later"
                        : "a task that comes from outside, or is due later, reads it",
                suggestions(read));
    }

    private static List<String> suggestions(boolean read) {
        List<String> suggestions = new ArrayList<>();
        if (!read) {
            suggestions.add("Read what it writes to the end before waitFor().");
        }
        suggestions.add(
                "Read stdout and stderr together (ProcessBuilder.redirectErrorStream(true)), or each on a thread of its"
                        + " own: who reads one to its end waits for a child that waits to write to the other.");
        suggestions.add("Let output that nobody needs go elsewhere: redirectOutput(Redirect.DISCARD) and redirectError,"
                + " a file, or inheritIO().");
        return suggestions;
    }

    private static List<Evidence> evidence(Resource child, UnreadOutput output, boolean works, boolean read) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.observed(output.writer() + " stands in a write to its " + output.stream() + " ("
                + output.pipe() + "), which is full; it has written " + Words.count(output.writtenBytes(), "byte")
                + " in all, and none between the samples"));
        evidence.add(Evidence.observed(
                "of the processes that may be looked into only the JVM can read that pipe, and no thread"
                        + " of it is reading it"));
        if (read) {
            evidence.add(Evidence.observed("what is read is another pipe, to which only " + child.name()
                    + " can write, or what it waits for"));
        }
        evidence.add(
                works
                        ? Evidence.inferred("what it has written fits into a pipe, so that nobody has read yet")
                        : Evidence.observed("no other thread is at work: all wait for work, or without a timeout"));
        return evidence;
    }
}
