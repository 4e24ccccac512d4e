package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.self;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.List;

/** Hooks in {@code java.lang.Thread}: platform threads started and ended, and what any thread failed by. */
final class ThreadWeaving {

    /*
     * A platform thread is recorded as one poll from start to end; what it waits for in between is told by the awaits. The
     * hook before start0 is passed by platform threads alone, on all JDKs.
     */

    private static final String TYPE = "java.lang.Thread";

    private final Recorder recorder;
    private final Creations creations;
    private final FailedThreads failed;

    ThreadWeaving(Recorder recorder, Creations creations, FailedThreads failed) {
        this.recorder = recorder;
        this.creations = creations;
        this.failed = failed;
    }

    List<Hook> hooks() {
        return List.of(
                Hook.named("thread.started")
                        .in(TYPE)
                        .methods("start")
                        .at(Place.beforeCall("start0"))
                        .to((thread, nothing) -> started((Thread) thread)),
                Hook.named("thread.failed")
                        .in(TYPE)
                        .method("dispatchUncaughtException", "(Ljava/lang/Throwable;)V")
                        .handing(self(), argument(0))
                        .to((thread, thrown) -> {
                            if (thrown != null) {
                                failed.add(ThreadIds.of((Thread) thread), (Throwable) thrown);
                            }
                        }),
                Hook.named("thread.ended")
                        .in(TYPE)
                        .method("exit", "()V")
                        .to((thread, nothing) -> ended((Thread) thread)));
    }

    private void started(Thread thread) {
        if (JvmThreads.isOne(thread)) {
            return;
        }
        long now = recorder.now();
        long id = ThreadIds.of(thread);
        int type = recorder.symbol(thread.getClass().getName());
        creations.told(now, id, EventCodes.PLATFORM_THREAD, type, true);
        recorder.named(now, id, recorder.symbol(thread.getName()), id);
        recorder.woken(now, id, EventCodes.SUBMITTED, ThreadIds.current());
        recorder.pollStart(now, id, id);
    }

    private void ended(Thread thread) {
        if (JvmThreads.isOne(thread)) {
            return;
        }
        long now = recorder.now();
        long id = ThreadIds.of(thread);
        int thrown = failed.remove(id);
        recorder.pollEnd(now, id, EventCodes.RETURN, id);
        recorder.ended(now, id, thrown == 0 ? EventCodes.COMPLETED : EventCodes.FAILED, thrown);
    }
}
