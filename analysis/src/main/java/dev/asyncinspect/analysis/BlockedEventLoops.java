package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.model.WorkPool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code blocked-event-loop}: a handler blocks the thread that has to serve all other connections. */
final class BlockedEventLoops implements Question {

    @Override
    public List<Finding> ask(Samples samples) {
        List<Finding> findings = new ArrayList<>();
        for (Task task : samples.latest().tasks()) {
            EventLoops loop = EventLoops.dispatchingOn(task);
            Wait wait = task.waiting();
            if (loop != null && wait != null && task.state() == TaskState.BLOCKED && samples.unmoved(task)) {
                Resource resource = samples.latest().resource(wait.resourceId());
                if (resource != null) {
                    findings.add(finding(samples, loop, task, wait, resource));
                }
            }
        }
        return findings;
    }

    private static Finding finding(Samples samples, EventLoops loop, Task task, Wait wait, Resource resource) {
        Frame place = wait.site().frame();
        String forWhat = resource.kind() == ResourceKind.SLEEP ? "sleeps" : "waits for " + resource.title();
        List<Hold> holders = resource.knownHolders();
        Link link = new Link(
                task.id(),
                resource.id(),
                holders.isEmpty() ? null : holders.get(0),
                holders.isEmpty() ? List.of() : holders.subList(1, holders.size()));
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.observed("the stack of '" + task.name() + "' is inside a handler of a " + loop.name()));
        evidence.add(
                samples.several()
                        ? Evidence.observed("it stands at " + place.place() + " in every sample")
                        : Evidence.observed("it stands at " + place.place() + " in the one sample there is"));
        WorkPool queue = queueOf(samples.latest(), task);
        long queued = queue == null || queue.queued() == null ? 0 : queue.queued();
        if (queue != null && queued > 0) {
            evidence.add(Evidence.observed(behind(queue, queued)));
        }
        return new Finding(
                FindingKind.BLOCKED_EVENT_LOOP,
                samples.several() ? Confidence.LIKELY : Confidence.HINT,
                samples.basis(),
                "The " + loop.name() + " '" + task.name() + "' " + forWhat + " in " + place.qualifiedMethod() + " ("
                        + place.place() + "): nothing else that this loop serves can go on meanwhile."
                        + (queue == null || queued == 0 ? "" : " " + behind(queue, queued) + "."),
                List.of(link),
                false,
                List.of(task.id()),
                List.of(),
                List.of(resource.id()),
                evidence,
                samples.several()
                        ? "the handler blocks for a short time only, and the samples happened to meet it"
                        : "one sample cannot tell a short pause from a long one: take two",
                List.of(
                        "Move the blocking call at " + place.place() + " off the loop: " + loop.offload() + ".",
                        "Or use the non-blocking form of what it waits for, and go on in its callback."));
    }

    /** The loop as the objects show it; null if they were not read. */
    private static @Nullable WorkPool queueOf(Snapshot snapshot, Task task) {
        return snapshot.works().pools().stream()
                .filter(pool -> pool.workers().equals(List.of(task.id())))
                .findFirst()
                .orElse(null);
    }

    private static String behind(WorkPool queue, long queued) {
        return Words.count(queued, "task") + (queued == 1 ? " waits" : " wait") + " behind it"
                + (queue.next() == null ? "" : ", next: " + queue.next());
    }
}
