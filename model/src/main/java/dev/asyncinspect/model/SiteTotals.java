package dev.asyncinspect.model;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks that one place created, in numbers. */
public final class SiteTotals {

    private final @Nullable CodeSite site;
    private final Map<TaskState, Long> states = new EnumMap<>(TaskState.class);
    private final Longs births = new Longs();
    private final Longs ends = new Longs();
    private final Longs polls = new Longs();
    private final Longs delays = new Longs();
    private final Longs blocked = new Longs();
    private final boolean detailed;
    private long runningNanos;
    private long scheduledNanos;
    private long blockedNanos;

    SiteTotals(@Nullable CodeSite site, boolean detailed) {
        this.site = site;
        this.detailed = detailed;
    }

    void add(TaskState state, long born, long ended, long running, long scheduled, long waited) {
        states.merge(state, 1L, Long::sum);
        if (detailed) {
            births.add(born);
            ends.add(ended);
        }
        runningNanos += running;
        scheduledNanos += scheduled;
        blockedNanos += waited;
    }

    void addTimes(Longs ran, Longs delayed, Longs waited) {
        polls.addAll(ran);
        delays.addAll(delayed);
        blocked.addAll(waited);
    }

    /** The place; null if it is not known. */
    public @Nullable CodeSite site() {
        return site;
    }

    /** How many tasks stood in each state at the end. */
    public Map<TaskState, Long> states() {
        return Map.copyOf(states);
    }

    /** How many tasks. */
    public long tasks() {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many of them are over. */
    public long over() {
        return states.entrySet().stream()
                .filter(state -> state.getKey().isOver())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many of them lived at each of these moments; none if details were not asked for. */
    public long[] livingAt(long... moments) {
        long[] from = births.toArray();
        long[] to = ends.toArray();
        long[] living = new long[moments.length];
        for (int i = 0; i < from.length; i++) {
            for (int at = 0; at < moments.length; at++) {
                living[at] += from[i] <= moments[at] && moments[at] < to[i] ? 1 : 0;
            }
        }
        return living;
    }

    /** How long they ran. */
    public long runningNanos() {
        return runningNanos;
    }

    /** How long they could have run and had no thread. */
    public long scheduledNanos() {
        return scheduledNanos;
    }

    /** How long they waited, or were not begun. */
    public long blockedNanos() {
        return blockedNanos;
    }

    /** How long each stretch was that they ran; empty if details were not asked for. */
    public long[] polls() {
        return polls.toArray();
    }

    /** The same of those that were runnable before they ran. */
    public long[] delays() {
        return delays.toArray();
    }

    /** The same of those that were blocked. */
    public long[] blocked() {
        return blocked.toArray();
    }
}
