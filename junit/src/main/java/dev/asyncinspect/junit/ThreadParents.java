package dev.asyncinspect.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Which thread made which, while tests run side by side: nothing else tells whose a thread is then. */
final class ThreadParents {

    /*
     * The JDK's flight recorder notes the parent of every thread that starts (event jdk.ThreadStart): one small event a
     * thread, nothing else is switched on. What it noted is only read when there is a thread to ask about.
     */

    private static final String EVENT = "jdk.ThreadStart";
    private static final long MOST_BYTES = 16L << 20;

    private static @Nullable Recording recording;

    private ThreadParents() {}

    /** Begins to note; does nothing where there is no flight recorder, and then nobody is told to be anybody's. */
    static synchronized void note() {
        try {
            if (recording == null && FlightRecorder.isAvailable()) {
                Recording begun = new Recording();
                begun.setName("async-inspect thread parents");
                begun.setMaxSize(MOST_BYTES);
                begun.enable(EVENT).withoutStackTrace();
                begun.start();
                recording = begun;
            }
        } catch (RuntimeException | NoClassDefFoundError e) {
            recording = null; // a runtime without it, or one that forbids it
        }
    }

    /** A thread was started. */
    private record Birth(long parent, Instant at) {}

    /** Whether this thread was made on behalf of the test that runs on another since then, by itself or by one it made. */
    static boolean isOf(long threadId, long testThread, Instant since) {
        Map<Long, Birth> births = births();
        long id = threadId;
        for (int steps = 0; steps <= births.size(); steps++) {
            Birth birth = births.get(id);
            if (birth == null || birth.at.isBefore(since)) {
                return false;
            }
            if (birth.parent == testThread) {
                return true;
            }
            id = birth.parent;
        }
        return false;
    }

    private static synchronized Map<Long, Birth> births() {
        Map<Long, Birth> births = new HashMap<>();
        if (recording == null) {
            return births;
        }
        Path file = null;
        try {
            file = Files.createTempFile("async-inspect-", ".jfr");
            recording.dump(file);
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (!event.getEventType().getName().equals(EVENT)) {
                    continue; // of another recording that runs in this JVM
                }
                RecordedThread child = event.getThread("thread");
                RecordedThread parent = event.getThread("parentThread");
                if (child != null && parent != null) {
                    births.put(child.getJavaThreadId(), new Birth(parent.getJavaThreadId(), event.getStartTime()));
                }
            }
        } catch (IOException | RuntimeException e) {
            births.clear(); // unknown is nobody's
        } finally {
            TemporaryFiles.remove(file);
        }
        return births;
    }
}
