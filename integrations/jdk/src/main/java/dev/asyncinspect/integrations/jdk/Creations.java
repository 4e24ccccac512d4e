package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import org.jspecify.annotations.Nullable;

/** Tells that a task exists: by the code that it runs, or, if that was asked for, by the line that submits it. */
final class Creations {

    /*
     * A look at the stack costs some microseconds a task, so it is for who asks. The line is then the site of the task, as it
     * is where the program tells of its tasks itself; the code becomes its name, unless it has one of its own.
     */

    private final Recorder recorder;
    private final boolean sites;
    private final @Nullable ScopedBindings scoped;

    /**
     * Creations for a recorder.
     *
     * @param extras whether to look for the line, and for scoped values
     */
    Creations(Recorder recorder, Extras extras) {
        this.recorder = recorder;
        this.sites = extras.sites();
        this.scoped = extras.context() ? new ScopedBindings(recorder) : null;
    }

    /**
     * The current thread has created a task.
     *
     * @param code symbol of what the task runs
     * @param isNamed whether its name is told by somebody else
     */
    void told(long now, long taskId, int kind, int code, boolean isNamed) {
        if (sites) {
            toldWithLine(now, taskId, kind, code, isNamed);
        } else {
            recorder.created(now, taskId, kind, code, ThreadIds.current());
        }
        if (scoped != null) {
            scoped.tell(now, taskId);
        }
    }

    private void toldWithLine(long now, long taskId, int kind, int code, boolean isNamed) {
        String line = Lines.nearest();
        recorder.created(now, taskId, kind, line == null ? code : recorder.symbol(line), ThreadIds.current());
        if (!isNamed && line != null && code != 0) {
            recorder.named(now, taskId, code, 0);
        }
    }
}
