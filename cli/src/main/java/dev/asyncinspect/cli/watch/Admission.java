package dev.asyncinspect.cli.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Which of the things seen are told. Counts the others. Takes times from its caller; used by one thread. */
public final class Admission {

    /*
     * Something that stays is told once: it counts as seen anew only when it was not seen for the cooldown. What is held back
     * by the limit is not remembered, and is told when there is room again if it is still there. So there are never more
     * keys in memory than were told within the cooldown, or are still seen.
     */

    private final Duration cooldown;
    private final int mostPerHour;
    private final Map<Object, Long> lastSeen = new HashMap<>();
    private final Deque<Long> told = new ArrayDeque<>();
    private long repeated;
    private long overLimit;

    /**
     * An admission that tells nothing yet.
     *
     * @param cooldown for how long something must not be seen before it is told again
     * @param mostPerHour how many are told within one hour
     */
    public Admission(Duration cooldown, int mostPerHour) {
        this.cooldown = cooldown;
        this.mostPerHour = mostPerHour;
    }

    /**
     * Something is seen.
     *
     * @param key what it is, by its equality
     * @param now nanoseconds of a clock that only goes forward
     * @return whether to tell it
     */
    public boolean admit(Object key, long now) {
        lastSeen.values().removeIf(seen -> now - seen > cooldown.toNanos());
        if (lastSeen.computeIfPresent(key, (k, seen) -> now) != null) {
            repeated++;
            return false;
        }
        while (!told.isEmpty() && now - told.peekFirst() > Duration.ofHours(1).toNanos()) {
            told.removeFirst();
        }
        if (told.size() >= mostPerHour) {
            overLimit++;
            return false;
        }
        told.addLast(now);
        lastSeen.put(key, now);
        return true;
    }

    /** How often something was seen again that had been told. */
    public long repeated() {
        return repeated;
    }

    /** How often something new was not told because of the limit. */
    public long overLimit() {
        return overLimit;
    }
}
