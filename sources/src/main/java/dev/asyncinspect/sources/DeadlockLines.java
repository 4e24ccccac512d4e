package dev.asyncinspect.sources;

import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.sources.RawThread.LockLine;
import dev.asyncinspect.sources.RawThread.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the list of deadlocks at the end of a text dump, and says by it what threads wait for whose own lines do not. */
final class DeadlockLines {

    /*
     *   Found one Java-level deadlock:
     *   =============================
     *   "loader-1":
     *     waiting to lock monitor 0x00007f6930059f10 (object 0x000000069ec179d8, a shop.Plugins),
     *     which is held by "loader-2"
     *
     * A thread that enters a monitor in native code, as where a class is loaded, has no line that names it: this list alone does. It
     * names threads and not their numbers, so it is used only of threads whose name nobody else has.
     */

    private static final String WAITS = "waiting to lock monitor ";
    private static final String OBJECT = "(object ";
    private static final String HELD = "which is held by \"";

    /**
     * One of the list.
     *
     * @param waiter name of a thread
     * @param text what it waits for: {@code <0x…> (a shop.Plugins)}
     * @param owner name of the thread that holds it
     */
    private record Entry(String waiter, String text, String owner) {}

    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String waiter;
    private @Nullable String text;
    private boolean inList;

    /** One line from behind the threads. */
    void line(String line) {
        if (line.startsWith("Found one Java-level deadlock")) {
            inList = true;
        } else if (line.startsWith("Java stack information")) {
            inList = false;
        } else if (inList) {
            inList(line);
        }
    }

    private void inList(String line) {
        String trimmed = line.trim();
        if (line.startsWith("\"")) {
            waiter = line.endsWith("\":") ? line.substring(1, line.length() - 2) : null;
            text = null;
        } else if (trimmed.startsWith(WAITS)) {
            int object = trimmed.indexOf(OBJECT);
            int comma = trimmed.indexOf(", ", object);
            int end = trimmed.lastIndexOf(')');
            text = object < 0 || comma < 0 || end < comma
                    ? null
                    : "waiting to lock <" + trimmed.substring(object + OBJECT.length(), comma) + "> ("
                            + trimmed.substring(comma + 2, end + 1);
        } else if (trimmed.startsWith(HELD) && trimmed.endsWith("\"") && waiter != null && text != null) {
            entries.add(new Entry(waiter, text, trimmed.substring(HELD.length(), trimmed.length() - 1)));
        }
    }

    /** Tells it of those of these threads that are blocked and do not say by what. */
    void tell(List<RawThread> threads, Interner interner) {
        if (entries.isEmpty()) {
            return;
        }
        Map<String, RawThread> byName = new HashMap<>();
        for (RawThread thread : threads) {
            byName.merge(thread.name, thread, (one, other) -> AMBIGUOUS);
        }
        for (Entry entry : entries) {
            RawThread waiting = byName.get(entry.waiter);
            RawThread owner = byName.get(entry.owner);
            LockLine lock = LockLines.parse(entry.text, 0, interner);
            if (waiting != null
                    && owner != null
                    && lock != null
                    && "BLOCKED".equals(waiting.state)
                    && waiting.waitLine() == null
                    && owner != AMBIGUOUS) {
                waiting.locks.add(0, lock);
                waiting.blockerOwner = isListedBy(owner, lock) ? ThreadAttributes.NONE : owner.id;
            }
        }
    }

    private static boolean isListedBy(RawThread owner, LockLine lock) {
        return owner.locks.stream()
                .anyMatch(line -> line.verb() == Verb.LOCKED
                        && String.valueOf(lock.identity()).equals(line.identity()));
    }

    /** Stands for several threads of one name; it is never blocked. */
    private static final RawThread AMBIGUOUS = new RawThread();
}
