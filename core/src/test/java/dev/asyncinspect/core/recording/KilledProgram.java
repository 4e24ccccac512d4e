package dev.asyncinspect.core.recording;

import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import java.nio.file.Path;

/** Records and waits to be killed. */
public final class KilledProgram {

    private KilledProgram() {}

    public static void main(String[] args) throws Exception {
        Inspector.global().enable();
        Inspector.global().record(Path.of(args[0]), RecordingLimits.DEFAULT);
        Inspect.begin("left behind");
        while (Inspector.global().stats().running() == 0) {
            Thread.onSpinWait();
        }
        System.out.println("recording");
        Thread.sleep(Long.MAX_VALUE);
    }
}
