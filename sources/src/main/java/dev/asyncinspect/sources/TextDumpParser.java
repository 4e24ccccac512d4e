package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.ThreadAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text form of thread dumps line by line; each dump is handed on when it ends. Never fails on any text. */
final class TextDumpParser {

    /*
     * The grammar, from HotSpot's sources and dumps of JDK 8 to 25. Everything else is noise and passed over, so a dump may
     * stand in the middle of a log.
     *
     *   4711:                                       the pid, by jcmd only
     *   2026-11-23 12:00:00
     *   Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):
     *   _java_thread_list=0x…, length=28, elements={
     *   "name" #12 [nid] daemon prio=5 … cpu=1.00ms elapsed=2.00s tid=0x… nid=0x1b waiting on condition  [0x…]
     *      java.lang.Thread.State: WAITING (parking)
     *      Carrying virtual thread #40
     *   <tab>at java.lang.Thread.run(java.base@25.0.3/Thread.java:1474)
     *   <tab>- locked <0x…> (a shop.Account)
     *      Mounted virtual thread #40
     *      Locked ownable synchronizers:
     *   <tab>- <0x…> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)
     *   JNI global refs: 4, weak refs: 0
     *
     * A thread ends at an empty line that is not followed by more of it; the list of deadlocks at the end repeats threads
     * without the number of a header: of it only who waits for whom is read.
     */

    /** What a parser hands on. */
    interface DumpHandler {

        void dump(RawDump dump);
    }

    private final Interner interner = new Interner();
    private final DumpHandler handler;
    private @Nullable RawDump dump;
    private @Nullable RawThread thread;
    private @Nullable RawThread carrier;
    private DeadlockLines deadlocks = new DeadlockLines();
    private boolean inSynchronizers;
    private boolean ended;
    private long pid = ThreadAttributes.NONE;
    private String lastLine = "";

    TextDumpParser(DumpHandler handler) {
        this.handler = handler;
    }

    /** The first dump in what a JVM answered; null if there is none. */
    static @Nullable RawDump firstIn(AnswerText text) {
        List<RawDump> dumps = new ArrayList<>(1);
        TextDumpParser parser = new TextDumpParser(dumps::add);
        text.lines(parser::line);
        parser.finish();
        return dumps.isEmpty() ? null : dumps.get(0);
    }

    void line(String raw) {
        String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        if (line.startsWith(TextDumpTitle.START)) {
            finishDump();
            dump = TextDumpTitle.begin(pid, lastLine, line);
            deadlocks = new DeadlockLines();
            ended = false;
        } else if (line.length() > 1 && line.endsWith(":") && isNumber(line, 0, line.length() - 1)) {
            pid = parseLong(line.substring(0, line.length() - 1));
        } else if (dump != null) {
            if (!ended) {
                inDump(dump, line);
            }
            if (ended) {
                deadlocks.line(line);
            }
        }
        lastLine = line;
    }

    /** The text is at its end. */
    void finish() {
        finishDump();
    }

    private void finishDump() {
        finishThread();
        RawDump finished = dump;
        dump = null;
        if (finished != null) {
            finished.complete = ended;
            deadlocks.tell(finished.threads, interner);
            handler.dump(finished);
        }
    }

    private void inDump(RawDump current, String line) {
        if (line.startsWith("\"")) {
            finishThread();
            RawThread header = ThreadHeader.parse(line, interner);
            if (header != null) {
                thread = header;
                carrier = null;
            }
        } else if (line.startsWith("\tat ")) {
            frame(line);
        } else if (line.startsWith("\t- ") || line.startsWith("\t -")) {
            lockLine(line.substring(line.indexOf('-') + 1).trim());
        } else if (line.startsWith("   ")) {
            section(line.trim());
        } else if (line.startsWith("_java_thread_list=")) {
            current.listedThreads = numberAfter(line, "length=");
        } else if (line.startsWith("JNI global ref") || line.startsWith("Found ")) {
            finishThread();
            ended = true;
        }
    }

    private void section(String text) {
        RawThread current = thread;
        if (current == null) {
            return;
        }
        if (text.startsWith("java.lang.Thread.State: ")) {
            String state = text.substring("java.lang.Thread.State: ".length());
            int end = state.indexOf(' ');
            current.state = interner.text(end < 0 ? state : state.substring(0, end));
        } else if (text.startsWith("Carrying virtual thread #")) {
            current.mountedId = numberAfter(text, "#");
        } else if (text.startsWith("Mounted virtual thread #")) {
            mounted(current, numberAfter(text, "#"));
        } else if (text.startsWith("Locked ownable synchronizers:")) {
            inSynchronizers = true;
            RawThread owner = carrier == null ? current : carrier;
            owner.ownedSynchronizers = new ArrayList<>(0);
        }
    }

    /** From here on the frames belong to the virtual thread that the carrier runs. */
    private void mounted(RawThread onCarrier, long id) {
        RawThread virtual = new RawThread();
        virtual.virtual = true;
        virtual.id = id;
        virtual.mountedId = onCarrier.id;
        carrier = onCarrier;
        thread = virtual;
    }

    private void finishThread() {
        RawDump current = dump;
        if (current != null && thread != null) {
            if (carrier != null) {
                current.threads.add(carrier);
            }
            current.threads.add(thread);
        }
        thread = null;
        carrier = null;
        inSynchronizers = false;
    }

    private void frame(String line) {
        RawThread current = thread;
        Frame frame = current == null ? null : interner.frame(line);
        if (current != null && frame != null) {
            inSynchronizers = false;
            current.frames.add(frame);
        }
    }

    private void lockLine(String text) {
        RawThread current = thread;
        if (current == null) {
            return;
        }
        if (inSynchronizers) {
            List<RawThread.LockLine> owned = (carrier == null ? current : carrier).ownedSynchronizers;
            RawThread.LockLine lock = LockLines.parse(text, -1, interner);
            if (owned != null && lock != null) {
                owned.add(lock);
            }
        } else {
            RawThread.LockLine lock = LockLines.parse(text, Math.max(0, current.frames.size() - 1), interner);
            if (lock != null) {
                current.locks.add(lock);
            }
        }
    }

    private static long numberAfter(String line, String mark) {
        int start = line.indexOf(mark);
        if (start < 0) {
            return ThreadAttributes.NONE;
        }
        start += mark.length();
        int end = start;
        while (end < line.length() && Character.isDigit(line.charAt(end))) {
            end++;
        }
        return end == start ? ThreadAttributes.NONE : parseLong(line.substring(start, end));
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static long parseLong(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return ThreadAttributes.NONE; // more digits than any id has: not an id
        }
    }
}
