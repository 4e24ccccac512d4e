package dev.asyncinspect.cli;

import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Task;
import org.jspecify.annotations.Nullable;

/** Facts as a person reads them: what is unknown says so and why, what is inferred says from what. */
final class FactText {

    private FactText() {}

    /** {@code Bank.transfer Bank.java:31 (inferred from bytecode)}, {@code unknown (no class file)}. */
    static String since(Fact<Frame> site) {
        Frame frame = site.orNull();
        if (frame == null) {
            return "unknown (" + site.basis() + ")";
        }
        return frame + (site.provenance() == Provenance.INFERRED ? " (inferred from " + site.basis() + ")" : "");
    }

    /** {@code held at Bank.java:31 (observed)}, {@code held since: unknown (no class file)}. */
    static String heldAt(Fact<Frame> site) {
        Frame frame = site.orNull();
        return frame == null
                ? "held since: unknown (" + site.basis() + ")"
                : "held at " + frame.place() + " (" + site.provenance().label() + ")";
    }

    /** The line of a stack that a person looks for: the innermost of the program, else the innermost; null if none. */
    static @Nullable Frame place(Task task) {
        Frame own = task.stack().firstOutsideJdk();
        return own == null ? task.stack().top() : own;
    }
}
