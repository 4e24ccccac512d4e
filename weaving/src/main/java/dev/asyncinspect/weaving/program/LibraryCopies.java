package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.weaving.internal.Bridge;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The recorders of the program, whose events go into ours while we record. */
final class LibraryCopies {

    /*
     * All new ids come from us, so that they mean the same in both books. What a recorder gave before the recording stays its own:
     * we count from behind it. Of several recorders that are older, all but the first have their old ids moved.
     *
     *   ours.countFrom(behind all of theirs) ──► ids from us ──► their last own ids are read ──► events to us
     *
     * The ids are in before the last own one is read: a thread that got an own one after that would have had to see no sink after it
     * was put. While this happens (a moment, in which the collector may stop us) ONE_MOMENT more can be given.
     *
     * Afterwards each counts on from behind the last id that we gave, again with room for a moment.
     */

    private static final int ONE_MOMENT = 1_000_000;

    private final Recorder ours;
    /** Added to by whatever thread tells the first event of a recorder; a new array each time. */
    private final AtomicReference<List<LibraryCopy>> copies = new AtomicReference<>(List.of());

    LibraryCopies(Recorder ours) {
        this.ours = ours;
    }

    /** Lets them tell us from now on; these are older than the recording. */
    void connect(Bridge bridge, List<Object> older) {
        long tasks = EventLayout.FIRST_TASK_ID;
        long resources = 1;
        for (Object recorder : older) {
            tasks = Math.max(tasks, behind(Theirs.nextTaskId(recorder), EventLayout.FIRST_TASK_ID));
            resources = Math.max(resources, behind(Theirs.nextResourceId(recorder), 1));
        }
        ours.countFrom(tasks, resources);
        bridge.put(ProgramBridge.TASK_ID, (LongUnaryOperator) own -> ours.newTaskId());
        bridge.put(ProgramBridge.RESOURCE_ID, (LongUnaryOperator) own -> ours.newResourceId());
        List<LibraryCopy> known = new ArrayList<>();
        for (Object recorder : older) {
            known.add(older(recorder, known.isEmpty()));
        }
        copies.set(List.copyOf(known));
        bridge.put(ProgramBridge.EVENT, EventSinkClass.make(this));
        bridge.put(ProgramBridge.ON, (IntUnaryOperator) own -> 1);
    }

    /** Where we count from, if theirs would be the next one: they may give some more in this moment if they have begun to. */
    private static long behind(long next, long first) {
        return next == first ? first : next + ONE_MOMENT;
    }

    private LibraryCopy older(Object recorder, boolean isFirst) {
        long tasks = Theirs.nextTaskId(recorder);
        long resources = Theirs.nextResourceId(recorder);
        if (isFirst) {
            return new LibraryCopy(recorder, ours, tasks, 0, resources, 0);
        }
        long taskShift = ours.nextTaskId() - EventLayout.FIRST_TASK_ID;
        long resourceShift = ours.nextResourceId() - 1;
        ours.countFrom(tasks + taskShift, resources + resourceShift);
        return new LibraryCopy(recorder, ours, tasks, taskShift, resources, resourceShift);
    }

    /** An event that a recorder of the program is told. */
    void event(long head, long nanos, long taskId, long argument, Object recorder) {
        LibraryCopy copy = find(copies.get(), recorder);
        (copy == null ? add(recorder) : copy).event(head, nanos, taskId, argument);
    }

    private static @Nullable LibraryCopy find(List<LibraryCopy> among, Object recorder) {
        for (int i = 0; i < among.size(); i++) {
            if (among.get(i).isOf(recorder)) {
                return among.get(i);
            }
        }
        return null;
    }

    private LibraryCopy add(Object recorder) {
        while (true) {
            List<LibraryCopy> before = copies.get();
            LibraryCopy known = find(before, recorder);
            if (known != null) {
                return known;
            }
            List<LibraryCopy> after = new ArrayList<>(before);
            after.removeIf(LibraryCopy::isGone);
            LibraryCopy copy = new LibraryCopy(recorder, ours);
            after.add(copy);
            if (copies.compareAndSet(before, List.copyOf(after))) {
                return copy;
            }
        }
    }

    /** From now on they count for themselves, from behind what we gave; call it before the sinks are taken out. */
    void giveBack(List<Object> loaded) {
        Set<Object> all = new LinkedHashSet<>(loaded);
        for (LibraryCopy copy : copies.get()) {
            Object recorder = copy.recorder();
            if (recorder != null) {
                all.add(recorder);
            }
        }
        for (Object recorder : all) {
            Theirs.countFrom(recorder, ours.nextTaskId() + ONE_MOMENT, ours.nextResourceId() + ONE_MOMENT);
        }
        copies.set(List.of());
    }
}
