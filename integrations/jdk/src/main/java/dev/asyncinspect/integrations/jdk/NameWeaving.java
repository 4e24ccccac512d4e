package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.self;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hook in {@code Thread.setName}: pools and programs often name their threads after they have made them. */
final class NameWeaving {

    /*
     * At the exit, so that a name that is refused is not told. The name of a thread that has not been started is told by its
     * start anyway; one more event before it does no harm, and asking for its state costs more.
     */

    private final Recorder recorder;

    NameWeaving(Recorder recorder) {
        this.recorder = recorder;
    }

    List<Hook> hooks() {
        return List.of(Hook.named("thread.named")
                .in("java.lang.Thread")
                .method("setName", "(Ljava/lang/String;)V")
                .at(Place.exit())
                .handing(self(), argument(0))
                .to(this::named));
    }

    private void named(Object renamed, @Nullable Object name) {
        Thread thread = (Thread) renamed;
        if (name instanceof String text && !isOfTheJvm(thread)) {
            long now = recorder.now();
            long id = ThreadIds.of(thread);
            recorder.named(now, id, recorder.symbol(text), id);
        }
    }

    private static boolean isOfTheJvm(Thread thread) {
        return !VirtualThreadWeaving.isVirtual(thread) && JvmThreads.isOne(thread);
    }
}
