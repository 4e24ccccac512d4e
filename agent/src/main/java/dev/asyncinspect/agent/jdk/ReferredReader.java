package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Tells which queued work refers to what the workers of its own pool wait at: a latch that it will count down, for instance. */
final class ReferredReader {

    /*
     * A latch does not know who will count it down. If all workers of a pool wait, and work in its queue refers to what one of
     * them waits at, then that is worth telling; it proves nothing, for anybody else may refer to it too. The walk begins at
     * the work, goes a few steps, and is made only for pools of which no worker does anything.
     */

    private static final int MOST_WORKS = 200;
    private static final int MOST_OBJECTS = 500;
    private static final int MOST_STEPS = 8;
    private static final int MOST_IN_ALL = 50_000;

    private final Threads threads;
    private final ObjectFields fields;
    private int looked;

    ReferredReader(Threads threads, ObjectFields fields) {
        this.threads = threads;
        this.fields = fields;
    }

    /** Begins a new sample. */
    void begin(Sample sample) {
        looked = 0;
        if (!fields.available()) {
            sample.notSeen("what queued work refers to", "this JDK does not let it be read");
        }
    }

    /** Looks from this work of a pool for what these, all of its workers, wait at. */
    void read(Collection<Thread> workers, List<Object> works, Sample sample) {
        if (workers.isEmpty()) {
            return;
        }
        Set<Object> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Thread worker : workers) {
            Object blocker = LockSupport.getBlocker(worker);
            if (blocker == null || !waits(worker, blocker) || isCarrier(worker)) {
                return;
            }
            wanted.add(blocker);
        }
        for (int i = 0; i < works.size() && i < MOST_WORKS && !wanted.isEmpty(); i++) {
            read(works.get(i), wanted, sample);
        }
    }

    /** A thread in runBlocking parks for a time, though for no end of it. */
    private boolean waits(Thread worker, Object blocker) {
        Thread.State state = threads.state(worker);
        return state == Thread.State.WAITING
                || (state == Thread.State.TIMED_WAITING && BlockingCoroutines.isOne(blocker));
    }

    private void read(Object work, Set<Object> wanted, Sample sample) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(work); // what somebody waits at is no signal of its own
        Deque<Object> open = new ArrayDeque<>();
        lookInto(work, seen, open);
        for (int step = 0; step < MOST_STEPS && !open.isEmpty(); step++) {
            for (int left = open.size(); left > 0 && looked < MOST_IN_ALL; left--) {
                Object object = open.remove();
                looked++;
                if (wanted.contains(object)) {
                    sample.link(work, Relation.REFERS, object);
                } else if (NearObjects.leadsOn(object)) {
                    lookInto(object, seen, open);
                }
            }
        }
    }

    private void lookInto(Object object, Set<Object> seen, Deque<Object> open) {
        fields.references(object, reference -> {
            if (seen.size() < MOST_OBJECTS && seen.add(reference)) {
                open.add(reference);
            }
        });
    }

    /** Carriers wait in their pool for what virtual threads wait for. */
    private static boolean isCarrier(Thread worker) {
        return worker.getClass().getName().equals("jdk.internal.misc.CarrierThread");
    }
}
