package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which threads of a dump stand in a read from which pipe, as the system tells at the moment. */
final class PipeReaders {

    private static final String READS = "java.io.FileInputStream"; // so does the stream of a child, without a timeout

    private PipeReaders() {}

    /** Whether some thread of this dump may read from a pipe. */
    static boolean areIn(AnswerText dump) {
        return dump.contains(READS + ".read");
    }

    /** The pipes by the numbers of the tasks. */
    static Map<Long, ProcPipes.End> of(Snapshot snapshot, long jvm) {
        Map<Long, ProcPipes.End> found = new LinkedHashMap<>();
        for (Task task : snapshot.tasks()) {
            Frame top = task.stack().top();
            ThreadAttributes thread = task.thread();
            if (thread != null
                    && top != null
                    && top.line() == Frame.LINE_NATIVE
                    && top.method().startsWith("read")) {
                ProcPipes.End end = ProcPipes.readBy(jvm, thread.nativeId());
                if (end != null) {
                    found.put(task.id(), end);
                }
            }
        }
        return found;
    }

    /** Whether this one reads as one does from the stream of a child. */
    static boolean reads(Task task) {
        Frame top = task.stack().top();
        return top != null && top.className().equals(READS);
    }
}
