package dev.asyncinspect.model;

import dev.asyncinspect.core.event.AwaitCalls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For the end of which thread a task waits at one moment of a recording. */
final class RecordedJoins {

    /*
     * Who joins a thread is linked to it, and its wait names the call and no resource: the end of a thread has no number. The link is
     * the last one of its kind. If that of this wait was dropped, the one before leads to a thread that has ended by then, as a rule.
     */

    private final Recording recording;
    private final long moment;
    /** By the thread, made when it is first asked for. */
    private final Map<Long, Resource> ends = new HashMap<>();

    private final long greatestId;

    RecordedJoins(Recording recording, long moment) {
        this.recording = recording;
        this.moment = moment;
        greatestId = recording.resources().stream()
                .mapToLong(ResourceHistory::id)
                .max()
                .orElse(0);
    }

    /** The end of the thread that is joined; null if it is no join, or not known. */
    @Nullable
    Resource end(TaskHistory task, Await await) {
        CodeSite site = await.site();
        if (await.resourceId() != 0 || site == null || !AwaitCalls.JOIN.equals(site.text())) {
            return null;
        }
        TaskHistory joined = joined(task);
        return joined == null
                ? null
                : ends.computeIfAbsent(joined.id(), id -> end(joined, greatestId + 1 + ends.size()));
    }

    private static Resource end(TaskHistory joined, long id) {
        String number = TaskNumber.text(joined.id());
        return new Resource(
                id,
                ResourceKind.THREAD_END,
                null,
                null,
                joined.name() == null ? "thread " + number : joined.name(),
                Resource.Needs.ANY_HOLDER,
                Fact.unknown("it waits for " + number + " to end"));
    }

    private @Nullable TaskHistory joined(TaskHistory task) {
        List<TaskLink> links = task.links();
        for (int i = links.size() - 1; i >= 0; i--) {
            TaskLink link = links.get(i);
            if (link.how() == TaskLink.How.AWAITS && link.atNanos() <= moment) {
                TaskHistory other = recording.task(link.otherId());
                return other != null && other.livesAt(moment) ? other : null;
            }
        }
        return null;
    }
}
