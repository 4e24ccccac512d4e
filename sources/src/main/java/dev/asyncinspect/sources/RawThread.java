package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.ThreadAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thread as a dump prints it, before anything is concluded from it. Filled by one parser, then only read. */
final class RawThread {

    String name = "";
    long id = ThreadAttributes.NONE;
    long nativeId = ThreadAttributes.NONE;
    boolean daemon;
    boolean virtual;
    long cpuNanos = ThreadAttributes.NONE;
    long elapsedNanos = ThreadAttributes.NONE;
    /** Id of the virtual thread that this carrier runs, of the carrier that this virtual thread is on, or NONE. */
    long mountedId = ThreadAttributes.NONE;

    /** Id of the thread that owns what this one is parked for, NONE if the dump does not tell. */
    long blockerOwner = ThreadAttributes.NONE;

    /** Name of the Thread.State; null if the dump does not print one. */
    @Nullable
    String state;

    /** What the header says the thread does: {@code in Object.wait()}. */
    String doing = "";

    @Nullable
    String container;

    final List<Frame> frames = new ArrayList<>();
    final List<LockLine> locks = new ArrayList<>();

    /** Locks of java.util.concurrent that it owns; null if the dump has no such section. */
    @Nullable
    List<LockLine> ownedSynchronizers;

    /** The line that says what it waits for; null if none does. */
    @Nullable
    LockLine waitLine() {
        for (LockLine line : locks) {
            if (line.verb() != Verb.LOCKED) {
                return line;
            }
        }
        return null;
    }

    /** How many monitors it entered in the frame of this index and did not leave. */
    int monitorsAt(int depth) {
        int count = 0;
        for (LockLine line : locks) {
            if (line.verb() == Verb.LOCKED && line.depth() == depth) {
                count++;
            }
        }
        return count;
    }

    /**
     * A line below a frame that speaks of an object.
     *
     * @param depth index of the frame it stands below
     * @param verb what the thread does with it
     * @param identity what tells it from others of its class, null if the dump has no reference
     * @param className binary name of its class; of the class itself for {@link Verb#CLASS_INIT}
     */
    record LockLine(int depth, Verb verb, @Nullable String identity, String className) {}

    /** What a lock line says. */
    enum Verb {
        LOCKED,
        WAITING_TO_LOCK,
        WAITING_ON,
        RELOCKING,
        PARKING,
        CLASS_INIT,
        OWNED
    }
}
