package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;

/** Tells who takes and gives back what has no owner of its own: permits and read locks. */
final class SharedHolds {

    /*
     * Such an object has no number, so it gets one when it is first seen, kept by identity and weakly. Two threads that see it
     * first at once may both bring one; who looks finds the first in order, so both go on with the same.
     */

    private final Recorder recorder;
    private final TaskTable numbers = new TaskTable();

    SharedHolds(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * The current thread has taken something.
     *
     * @param kind of resource
     * @param mode how it holds it
     * @param permits how many, 0 if it has none
     */
    void taken(Object resource, int kind, int mode, int permits) {
        long now = recorder.now();
        long id = number(resource, kind, now);
        if (id != 0) {
            recorder.acquired(now, ThreadIds.current(), mode, permits, 0, id);
        }
    }

    /** The current thread gives something back, see {@link #taken}. */
    void given(Object resource, int kind, int mode, int permits) {
        long now = recorder.now();
        long id = number(resource, kind, now);
        if (id != 0) {
            recorder.released(now, ThreadIds.current(), mode, permits, 0, id);
        }
    }

    /** Its number, 0 if there is no room to keep one. */
    private long number(Object resource, int kind, long now) {
        Entry known = numbers.find(resource, 0);
        if (known != null) {
            return known.taskId;
        }
        Entry added = new Entry(resource, recorder.newResourceId());
        if (!numbers.add(added, resource)) {
            return 0;
        }
        Entry first = numbers.find(resource, 0);
        long id = first == null ? added.taskId : first.taskId;
        String name = kind == EventCodes.SEMAPHORE ? "Semaphore" : "ReentrantReadWriteLock";
        recorder.resource(now, kind, 0, recorder.symbol(name), id);
        return id;
    }
}
