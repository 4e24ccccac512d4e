package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.SourceException;
import java.util.function.Predicate;

/** A look at a live JVM: from dumps and, where they are not enough, from closer. Nobody is attached to without being told. */
final class LiveLook {

    /** How close to go. */
    enum Closeness {
        /** Load nothing. */
        NEVER,
        /** Load an agent if dumps are not enough; go on without it where it cannot be. */
        IF_NEEDED,
        /** Load an agent, or fail. */
        ALWAYS
    }

    private final Observations observations;
    private final Terminal terminal;
    private final LiveJvms.Sampling sampling;
    private final ClassFiles classes;

    LiveLook(Observations observations, Terminal terminal, LiveJvms.Sampling sampling, ClassFiles classes) {
        this.observations = observations;
        this.terminal = terminal;
        this.sampling = sampling;
        this.classes = classes;
    }

    /** What there is to see of this JVM; {@code enough} says whether what dumps show needs no closer look. */
    History at(JvmProcess jvm, Closeness closeness, Predicate<History> enough) throws SourceException {
        if (closeness == Closeness.ALWAYS) {
            announce(jvm, "");
            return observations.attach(jvm, sampling, classes);
        }
        History dumps = observations.sample(jvm, sampling, classes);
        if (closeness == Closeness.NEVER || enough.test(dumps)) {
            return dumps;
        }
        announce(jvm, "the dump does not settle it; ");
        try {
            return observations.attach(jvm, sampling, classes);
        } catch (SourceException e) {
            terminal.err()
                    .println("async-inspect: no closer look: " + Failures.oneLine(String.valueOf(e.getMessage())));
            return dumps;
        }
    }

    private void announce(JvmProcess jvm, String reason) {
        terminal.err()
                .println("async-inspect: " + reason + "loading an agent into process " + jvm.pid()
                        + " to read its objects (it leaves again; what that costs: docs/safety/attach.md;"
                        + " without: --no-attach)");
    }
}
