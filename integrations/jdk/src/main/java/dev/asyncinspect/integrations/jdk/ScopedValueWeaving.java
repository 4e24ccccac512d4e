package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.List;

/** A hook in {@code ScopedValue}: read, and not bound. */
final class ScopedValueWeaving {

    /*
     * Where get() is about to make its exception, and nowhere else: that is cold, and one that makes the exception pays for its stack
     * anyway. isBound, orElse and orElseThrow have an answer for it; who calls them is prepared.
     */

    private final Recorder recorder;
    private final ScopedReads reads = new ScopedReads();

    ScopedValueWeaving(Recorder recorder) {
        this.recorder = recorder;
    }

    List<Hook> hooks() {
        return List.of(Hook.named("scoped-value.unbound")
                .in(ScopedBindings.TYPE)
                .method("slowGet", "()Ljava/lang/Object;")
                .at(Place.beforeCall("<init>"))
                .to((value, nothing) -> unbound(value)));
    }

    private void unbound(Object value) {
        int read = recorder.symbol(reads.describe(value));
        recorder.linked(
                recorder.now(), ThreadIds.current(), EventCodes.SCOPED_UNBOUND, read, ScopedBindings.hash(value));
    }
}
