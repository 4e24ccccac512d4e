package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.ContextHop;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code context-lost} and {@code context-stale}: contexts that did not come along with a task, or that others left behind. */
final class ContextHops implements Question {

    /*
     * One finding for each place of submission: a program that forgets to hand on its context does so with every task and all keys.
     */

    private static final int KEYS_SHOWN = 5;

    private record Place(ContextHop.Kind kind, @Nullable CodeSite site) {}

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        if (recording == null || recording.contextHops().isEmpty()) {
            return List.of();
        }
        Map<Place, List<ContextHop>> places = new LinkedHashMap<>();
        for (ContextHop hop : recording.contextHops()) {
            TaskHistory task = recording.task(hop.taskId());
            if (task != null) {
                Place place = new Place(hop.kind(), task.createdAt().orNull());
                places.computeIfAbsent(place, p -> new ArrayList<>()).add(hop);
            }
        }
        List<Finding> findings = new ArrayList<>();
        places.forEach((place, hops) -> findings.add(finding(samples, place, hops)));
        return findings;
    }

    private static Finding finding(Samples samples, Place place, List<ContextHop> hops) {
        return switch (place.kind) {
            case LOST -> lost(samples, place, hops);
            case STALE -> stale(samples, place, hops);
            case UNBOUND, UNBOUND_FAILED -> unbound(samples, place, hops);
        };
    }

    private static Finding lost(Samples samples, Place place, List<ContextHop> hops) {
        ContextHop first = hops.get(0);
        String task = "Task " + TaskNumber.text(first.taskId());
        return finding(
                FindingKind.CONTEXT_LOST,
                Confidence.HINT,
                samples,
                subject(place, hops) + " ran without the logging context that was there when "
                        + (tasks(hops) == 1 ? "it was" : "they were") + " submitted: " + keys(hops) + ".",
                hops,
                "Task " + TaskNumber.text(first.otherId()) + " had the key '" + first.key()
                        + "' in its context when it submitted " + task
                        + "; while that ran, the key was never in the context of"
                        + " its thread",
                "it logs nothing, or has no need of that key",
                List.of(
                        "Hand the context on: copy it where the task is submitted, set it when the task begins, clear it when it ends.",
                        "Do that once, in a wrapping executor or a task decorator, and not at each place."));
    }

    private static Finding stale(Samples samples, Place place, List<ContextHop> hops) {
        ContextHop first = hops.get(0);
        String task = "Task " + TaskNumber.text(first.taskId());
        return finding(
                FindingKind.CONTEXT_STALE,
                Confidence.LIKELY,
                samples,
                subject(place, hops) + " ran with the logging context of another task, which ended and left it on the"
                        + " thread: " + keys(hops) + ".",
                hops,
                "Task " + TaskNumber.text(first.otherId()) + " put the key '" + first.key()
                        + "' into the context of its thread and ended without taking it out; " + task
                        + " ran there after it and neither put it nor took it out",
                "all tasks of these threads are to have that same value",
                List.of(
                        "Take out what a task puts in: MDC.putCloseable in a try, or MDC.clear() in a finally block.",
                        "Let a wrapping executor set the context of each task and clear it afterwards."));
    }

    private static Finding unbound(Samples samples, Place place, List<ContextHop> hops) {
        ContextHop first = hops.get(0);
        boolean one = tasks(hops) == 1;
        boolean failed = place.kind == ContextHop.Kind.UNBOUND_FAILED;
        String task = "task " + TaskNumber.text(first.taskId());
        List<String> values =
                hops.stream().map(ContextHop::key).distinct().sorted().toList();
        return finding(
                FindingKind.CONTEXT_LOST,
                failed ? Confidence.LIKELY : Confidence.HINT,
                samples,
                subject(place, hops)
                        + (failed
                                ? " failed because a scoped value that was bound where "
                                : " read a scoped value that was bound where ")
                        + (one ? "it was" : "they were")
                        + (failed
                                ? " submitted was not bound while " + (one ? "it" : "they") + " ran: "
                                : " submitted, and found it unbound: ")
                        + Words.firstOf(values, KEYS_SHOWN) + ".",
                hops,
                first.key() + " was bound when task " + TaskNumber.text(first.otherId()) + " submitted " + task
                        + "; while that ran, get() threw NoSuchElementException"
                        + (failed ? ", and the task ended by that" : ""),
                failed
                        ? "it is meant to fail where nothing is bound"
                        : "it catches the exception and can do without the value",
                List.of(
                        "Read the value where the task is submitted, and bind it again in the task:"
                                + " ScopedValue.where(KEY, value).run(task).",
                        "Or fork the task in a StructuredTaskScope, which hands on what is bound."));
    }

    /** {@code key 'user'}, or {@code keys 'order', 'user'}. */
    private static String keys(List<ContextHop> hops) {
        List<String> keys = hops.stream()
                .map(hop -> "'" + hop.key() + "'")
                .distinct()
                .sorted()
                .toList();
        return (keys.size() == 1 ? "key " : "keys ") + Words.firstOf(keys, KEYS_SHOWN);
    }

    private static String subject(Place place, List<ContextHop> hops) {
        return Words.count(tasks(hops), "task") + " created at " + Recorded.place(place.site);
    }

    private static long tasks(List<ContextHop> hops) {
        return hops.stream().mapToLong(ContextHop::taskId).distinct().count();
    }

    private static Finding finding(
            FindingKind kind,
            Confidence confidence,
            Samples samples,
            String sentence,
            List<ContextHop> hops,
            String evidence,
            String innocent,
            List<String> suggestions) {
        return new Finding(
                kind,
                confidence,
                samples.basis(),
                sentence,
                List.of(),
                false,
                hops.stream().map(ContextHop::taskId).distinct().limit(100).toList(),
                List.of(),
                List.of(),
                List.of(Evidence.observed(evidence)),
                innocent,
                suggestions);
    }
}
