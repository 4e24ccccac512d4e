package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import java.util.List;

/**
 * A command that hangs, as far as can be told from outside.
 *
 * @param why what makes it one: {@code nothing has moved for 30s}
 * @param jvms its JVMs, those that run tests first
 * @param testing how many of them run tests
 */
record Hang(String why, List<JvmProcess> jvms, int testing) {

    Hang {
        jvms = List.copyOf(jvms);
    }
}
