package dev.asyncinspect.analysis;

import dev.asyncinspect.model.FailedWork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code swallowed-failure}: work has failed, and nothing says that anybody noticed. */
final class SwallowedFailures implements Question {

    /*
     * A periodic task that has thrown never runs again, and the scheduler tells nobody. Whether somebody asked its future no
     * object says, so it is likely at most. Of other failures even less is known: they are worth a hint only where a task
     * waits for something that nobody is left to give, because the one may be why the other never comes.
     */

    private static final List<Question> WAITED_FOR_IN_VAIN = List.of(new NobodyLeft(), new NeverStarted());

    @Override
    public List<Finding> ask(Samples samples) {
        List<FailedWork> failed = samples.latest().works().failed();
        List<Finding> findings = new ArrayList<>();
        for (FailedWork work : failed) {
            if (work.periodic()) {
                findings.add(periodic(samples, work));
            }
        }
        List<FailedWork> others =
                failed.stream().filter(work -> !work.periodic()).toList();
        List<Long> waiting = WAITED_FOR_IN_VAIN.stream()
                .flatMap(question -> question.ask(samples).stream())
                .flatMap(finding -> finding.tasks().stream())
                .distinct()
                .toList();
        if (!others.isEmpty() && !waiting.isEmpty()) {
            findings.add(besideWaiters(samples, others, waiting));
        }
        return findings;
    }

    private static Finding periodic(Samples samples, FailedWork work) {
        return new Finding(
                FindingKind.SWALLOWED_FAILURE,
                Confidence.LIKELY,
                samples.basis(),
                "A periodic task has failed and will never run again: " + failure(work) + ".",
                List.of(),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        Evidence.observed("its future is done, with a throwable, and its scheduler goes on working"),
                        Evidence.observed("who has failed once is not scheduled again (scheduleAtFixedRate,"
                                + " scheduleWithFixedDelay)")),
                "somebody has asked its future for the failure, and it is meant to end by it",
                List.of(
                        "Catch whatever the task throws inside the task, log it, and go on.",
                        "Or watch the ScheduledFuture: get() throws what the task threw."));
    }

    private static Finding besideWaiters(Samples samples, List<FailedWork> failed, List<Long> waiting) {
        return new Finding(
                FindingKind.SWALLOWED_FAILURE,
                Confidence.HINT,
                samples.basis(),
                "While " + Words.count(waiting.size(), "task") + (waiting.size() == 1 ? " waits" : " wait")
                        + " for ever, other futures have failed: "
                        + Words.firstOf(
                                failed.stream().map(SwallowedFailures::failure).toList(), 3)
                        + ".",
                List.of(),
                false,
                waiting,
                List.of(),
                List.of(),
                List.of(Evidence.observed("the futures are done, with a throwable")),
                "the failures were seen and have nothing to do with it",
                List.of("See whether one of them is why what is waited for never comes."));
    }

    /** {@code IllegalStateException: no paper, thrown in shop.Printer}. */
    private static String failure(FailedWork work) {
        String name = work.throwable().substring(work.throwable().lastIndexOf('.') + 1);
        return Stream.of(
                        name,
                        work.message() == null ? "" : ": " + work.message(),
                        work.thrownIn() == null ? "" : ", thrown in " + work.thrownIn())
                .reduce("", String::concat);
    }
}
