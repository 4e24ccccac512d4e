package dev.asyncinspect.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.fold.Selection;
import org.junit.jupiter.api.Test;

class ReachableTest {

    private static final String HOOKS = "dev.asyncinspect.integrations.jdk.";

    @Test
    void hooks_of_an_option_are_loaded_if_it_was_asked_for_and_only_then() {
        Reachable usual = reachable(false, false);
        assertThat(usual.isLeftOut(HOOKS + "LockWeaving$Lambda4")).isTrue();
        assertThat(usual.isLeftOut(HOOKS + "ScopedReads")).isTrue();

        assertThat(reachable(true, false).isLeftOut(HOOKS + "LockWeaving$Lambda4"))
                .isFalse();
        assertThat(reachable(false, true).isLeftOut(HOOKS + "ScopedReads")).isFalse();
    }

    @Test
    void all_else_is_loaded_always() {
        assertThat(reachable(false, false).isLeftOut(HOOKS + "SharedHolds")).isFalse();
        assertThat(reachable(false, false).isLeftOut("dev.asyncinspect.core.recorder.Ring"))
                .isFalse();
    }

    private static Reachable reachable(boolean locks, boolean context) {
        return new Reachable(new RecordingPlan(1, false, locks, context, Selection.ALL, 0, "custom"));
    }
}
