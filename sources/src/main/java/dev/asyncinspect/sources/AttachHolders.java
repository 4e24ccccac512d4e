package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.sources.AttachRows.About;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Who holds the objects of one sample, as far as their fields say. */
final class AttachHolders {

    private static final String STAMPED_LOCK = "java.util.concurrent.locks.StampedLock";
    private static final Fact<Frame> NO_SITE = Fact.unknown("it was taken before we looked");

    private final AttachRows rows;
    private final AttachFutures futures;
    private final AttachScopes scopes;
    private final AttachBacklogs backlogs;
    private final LongFunction<StackTrace> stacks;
    private final AwaitSites sites;

    /**
     * The holders of one sample.
     *
     * @param stacks the stack of a thread by its id, empty if it was not read
     */
    AttachHolders(
            AttachRows rows,
            AttachFutures futures,
            AttachScopes scopes,
            AttachBacklogs backlogs,
            LongFunction<StackTrace> stacks,
            AwaitSites sites) {
        this.rows = rows;
        this.futures = futures;
        this.scopes = scopes;
        this.backlogs = backlogs;
        this.stacks = stacks;
        this.sites = sites;
    }

    /** Who holds this object. */
    Fact<List<Hold>> of(int ref, ResourceKind kind) {
        Fact<List<Hold>> known = known(ref, kind);
        boolean maySignal = kind == ResourceKind.LATCH || kind == ResourceKind.FUTURE;
        Fact<List<Hold>> signallers =
                known.provenance() == Provenance.UNKNOWN && maySignal ? backlogs.signallers(ref) : null;
        return signallers == null ? known : signallers;
    }

    private Fact<List<Hold>> known(int ref, ResourceKind kind) {
        return switch (kind) {
            case LOCK, READ_WRITE_LOCK -> lock(rows.about(ref));
            case FUTURE -> futures.completers(ref);
            case THREAD_END -> scopes.awaited(ref);
            case MONITOR -> monitor(rows.about(ref));
            case LATCH -> latch(ref);
            case POOL -> workers(rows.about(ref));
            case SEMAPHORE -> Fact.unknown("permits do not know who took them");
            default -> Fact.unknown("its object does not say who could let a waiter go on");
        };
    }

    /** The latch behind the end of a virtual thread is counted down by that thread alone; of others nothing is known. */
    private Fact<List<Hold>> latch(int ref) {
        return rows.about(ref).threads(Relation.RUNNER).isEmpty()
                ? Fact.unknown("its object does not say who could let a waiter go on")
                : scopes.awaited(ref);
    }

    /** All of them have to end before a pool does. One that was not found may hide that a wait never ends, and makes nothing up. */
    private static Fact<List<Hold>> workers(About pool) {
        List<Long> all = new ArrayList<>(pool.threads(Relation.WORKER));
        all.addAll(pool.threads(Relation.RUNNER));
        return all.isEmpty()
                ? Fact.unknown("which pool it is does not say")
                : Fact.observed(all.stream()
                        .map(worker -> new Hold(worker, AccessMode.RUNS, NO_SITE))
                        .toList());
    }

    private static Fact<List<Hold>> monitor(About monitor) {
        List<Long> owners = monitor.threads(Relation.MONITOR_OWNER);
        return owners.size() != 1
                ? Fact.unknown("its owner is no virtual thread that stands still")
                : Fact.observed(List.of(new Hold(owners.get(0), AccessMode.EXCLUSIVE, NO_SITE)));
    }

    private Fact<List<Hold>> lock(About lock) {
        if (lock.className().equals(STAMPED_LOCK)) {
            return Fact.unknown("a StampedLock does not record who holds it");
        }
        List<Hold> holds = new ArrayList<>();
        for (long owner : lock.threads(Relation.OWNER)) {
            holds.add(new Hold(owner, AccessMode.EXCLUSIVE, takenAt(owner, lock, AccessMode.EXCLUSIVE)));
        }
        List<Long> readers = lock.threads(Relation.READER);
        for (long reader : readers) {
            holds.add(new Hold(reader, AccessMode.SHARED, takenAt(reader, lock, AccessMode.SHARED)));
        }
        Long reading = lock.number(Relation.READERS);
        if (reading != null && reading > readers.size()) {
            return Fact.unknown(reading + " threads hold it for reading, of which " + readers.size() + " were found");
        }
        Long state = lock.number(Relation.COUNT);
        if (holds.isEmpty() && (state == null || state != 0)) {
            return Fact.unknown(state == null ? "its owner could not be read" : "it is taken, by whom it does not say");
        }
        return Fact.observed(holds);
    }

    private Fact<Frame> takenAt(long thread, About lock, AccessMode mode) {
        StackTrace stack = stacks.apply(thread);
        return stack.isEmpty() ? NO_SITE : sites.lockAcquiredAt(stack, lock.className(), mode);
    }
}
