package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code blocking-call}: the thread of an event loop waited for something else than events, while its connections waited for it. */
final class BlockingLoops implements Question {

    /*
     * A recording has no stacks, so a loop is known by two things together: its thread has the name that a known library gives, and it was
     * seen to wait in a selector. While it waits elsewhere it selects nothing. Loops over native polls are not seen to wait for events, and
     * those over queues wait for work as anybody does: both are left out.
     */

    private static final Pattern NAMES =
            Pattern.compile(".*(?:[nN]ioEventLoopGroup-|multiThreadIoEventLoopGroup-|reactor-http-nio-|-worker-ELG-).*"
                    + "|vert\\.x-eventloop-thread-.*|HTTP-Dispatcher.*");
    private static final String SELECTOR = "java.nio.channels.Selector.";
    private static final long LONG_NANOS = 1_000_000_000;

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        List<Finding> findings = new ArrayList<>();
        if (recording != null) {
            for (TaskHistory task : recording.tasks()) {
                if (isLoop(task)) {
                    List<Await> calls = calls(task, recording.lengthNanos());
                    if (!calls.isEmpty()) {
                        findings.add(finding(samples, task, calls, recording.lengthNanos()));
                    }
                }
            }
        }
        return findings;
    }

    private static boolean isLoop(TaskHistory task) {
        return task.kind() == TaskKind.PLATFORM_THREAD
                && task.complete()
                && NAMES.matcher(task.name()).matches()
                && task.awaits().stream().anyMatch(BlockingLoops::selects);
    }

    private static boolean selects(Await await) {
        return await.site() != null && await.site().text().startsWith(SELECTOR);
    }

    private static List<Await> calls(TaskHistory task, long end) {
        return task.awaits().stream()
                .filter(await -> !selects(await) && await.nanosUntil(end) >= LONG_NANOS)
                .toList();
    }

    private static Finding finding(Samples samples, TaskHistory task, List<Await> calls, long end) {
        Await longest = calls.get(0);
        for (Await call : calls) {
            longest = call.nanosUntil(end) > longest.nanosUntil(end) ? call : longest;
        }
        return new Finding(
                FindingKind.BLOCKING_CALL,
                Confidence.LIKELY,
                samples.basis(),
                task.label() + " serves a selector and waited " + Recorded.time(longest.nanosUntil(end)) + " at "
                        + Recorded.place(longest.site()) + (longest.isStill() ? ", and still does" : "")
                        + ": what it serves waited as long.",
                List.of(),
                false,
                List.of(task.id()),
                List.of(),
                calls.stream()
                        .map(Await::resourceId)
                        .filter(id -> id != 0)
                        .distinct()
                        .toList(),
                List.of(
                        Evidence.observed(Words.count(calls.size(), "wait") + " of " + Recorded.time(LONG_NANOS)
                                + " or longer elsewhere than in the selector"),
                        Evidence.inferred("it is an event loop: by its name, and it was seen to wait in a selector")),
                "nothing came in meanwhile",
                List.of(
                        "Wait on a thread that may block: a pool, virtual threads; let the loop only take the result.",
                        "async-inspect why PID, while it blocks, tells the line."));
    }
}
