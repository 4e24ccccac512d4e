package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.self;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks in {@code java.lang.Thread}: platform threads started and ended, and what any thread failed by. */
final class ThreadWeaving {

    /*
     * A platform thread is recorded as one poll from start to end; what it waits for in between is told by the awaits. The
     * hook before start0 is passed by platform threads alone, on all JDKs.
     *
     * Its code is what it was given to run. Of a class of its own that was given nothing, the class is the code.
     */

    private static final String TYPE = "java.lang.Thread";

    /** What a thread was given to run, up to JDK 18; from then on in its holder. */
    private static final @Nullable VarHandle TARGET = Insides.field(TYPE, "target");

    private static final @Nullable VarHandle HOLDER = Insides.field(TYPE, "holder");
    private static final @Nullable VarHandle TASK = Insides.field("java.lang.Thread$FieldHolder", "task");

    private final Recorder recorder;
    private final TaskCode code;
    private final Creations creations;
    private final FailedThreads failed;

    ThreadWeaving(Recorder recorder, TaskCode code, Creations creations, FailedThreads failed) {
        this.recorder = recorder;
        this.code = code;
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
        Object task = task(thread);
        creations.told(now, id, EventCodes.PLATFORM_THREAD, code.symbol(task == null ? thread : task), true);
        recorder.named(now, id, recorder.symbol(thread.getName()), id);
        recorder.woken(now, id, EventCodes.SUBMITTED, ThreadIds.current());
        recorder.pollStart(now, id, id);
    }

    private static @Nullable Object task(Thread thread) {
        if (TARGET != null) {
            return TARGET.get(thread);
        }
        Object holder = HOLDER == null ? null : HOLDER.get(thread);
        return holder == null || TASK == null ? null : TASK.get(holder);
    }

    private void ended(Thread thread) {
        if (JvmThreads.isOne(thread)) {
            return;
        }
        long now = recorder.now();
        long id = ThreadIds.of(thread);
        int thrown = failed.remove(id);
        recorder.ended(now, id, thrown == 0 ? EventCodes.COMPLETED : EventCodes.FAILED, thrown);
    }
}
