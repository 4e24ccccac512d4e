package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.Symbols;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who holds what. */
final class Holdings {

    /* A permit or lock can be given back by another task than took it (Semaphore). Then nobody can say whose it was: the holders of
     * that resource are no longer exact, and whoever reads them must not conclude from them that nobody else can release.
     *
     * A program may make a semaphore for each request: where there is no room, what nobody holds is forgotten. What comes up afterwards
     * without having been introduced may have been known before, so its holders are not exact. */

    private static final int MAX_HOLDERS = 10_000;

    private final LongMap<Held> resources = new LongMap<>();
    private final int limit;
    private boolean forgetful;
    /** How often events were dropped: one of them may have been a release of what was there by then. */
    private int doubts;
    /** How many more are passed over before room is looked for again, because the last look found hardly any. */
    private int patience;

    Holdings(int limit) {
        this.limit = limit;
    }

    void named(long resourceId, int kind, int capacity, int name) {
        boolean known = resources.get(resourceId) != null;
        Held held = held(resourceId);
        if (held != null) {
            held.exact |= !known;
            held.kind = kind;
            held.capacity = capacity;
            held.name = name;
        }
    }

    void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        Held held = held(resourceId);
        if (held == null) {
            return;
        }
        held.acquisitions++;
        Holders.Holder known = held.holders.of(taskId, mode);
        if (known != null) {
            known.permits += Math.max(1, permits);
        } else if (held.holders.size() >= MAX_HOLDERS) {
            held.exact = false;
        } else {
            held.holders.add(new Holders.Holder(taskId, mode, Math.max(1, permits), site, nanos));
        }
    }

    void released(long taskId, int mode, int permits, long resourceId) {
        Held held = mode == EventCodes.SIGNAL ? null : held(resourceId);
        if (held == null) {
            return;
        }
        int left = Math.max(1, permits);
        Holders.Holder holder = held.holders.of(taskId, mode);
        if (holder != null) {
            left -= holder.permits;
            holder.permits = -left;
            if (holder.permits <= 0) {
                held.holders.remove(holder);
            }
        }
        if (left > 0) {
            held.exact = false;
        }
    }

    /** Events were dropped: one of them may have been a release. */
    void doubt() {
        doubts++;
    }

    List<ResourceInfo> all(Symbols symbols) {
        List<ResourceInfo> all = new ArrayList<>();
        resources.forEach(held -> all.add(held.info(doubts, symbols)));
        return all;
    }

    @Nullable
    ResourceInfo of(long resourceId, Symbols symbols) {
        Held held = resourceId == 0 ? null : resources.get(resourceId);
        return held == null ? null : held.info(doubts, symbols);
    }

    /** What this task holds of it; null if nothing is known of that. */
    ResourceInfo.@Nullable Holder holder(long resourceId, long taskId, int mode, Symbols symbols) {
        Held held = resourceId == 0 ? null : resources.get(resourceId);
        Holders.Holder holder = held == null ? null : held.holders.of(taskId, mode);
        return holder == null ? null : holder.info(symbols);
    }

    /** Tells names as events. */
    void introduce(EventHandler to) {
        resources.forEach(held -> to.resource(0, held.kind, held.capacity, held.name, held.id));
    }

    /** Tells names and holders as events. */
    void tell(EventHandler to) {
        introduce(to);
        resources.forEach(held -> {
            held.holders.forEach(holder ->
                    to.acquired(holder.nanos, holder.taskId, holder.mode, holder.permits, holder.site, held.id));
        });
    }

    private @Nullable Held held(long resourceId) {
        if (resourceId == 0) {
            return null;
        }
        Held held = resources.get(resourceId);
        if (held == null && (resources.size() < limit || makeRoom())) {
            held = new Held(resourceId, doubts);
            held.exact = !forgetful;
            resources.put(resourceId, held);
        }
        return held;
    }

    private boolean makeRoom() {
        if (patience > 0) {
            patience--;
            return false;
        }
        List<Held> idle = new ArrayList<>();
        resources.forEach(held -> {
            if (held.holders.isEmpty()) {
                idle.add(held);
            }
        });
        idle.forEach(held -> resources.remove(held.id));
        forgetful |= !idle.isEmpty();
        patience = idle.size() < limit / 10 ? limit : 0;
        return resources.size() < limit;
    }

    private static final class Held {
        final long id;
        final int doubtsBefore;
        final Holders holders = new Holders();
        int kind;
        int capacity;
        int name;
        long acquisitions;
        boolean exact = true;

        Held(long id, int doubtsBefore) {
            this.id = id;
            this.doubtsBefore = doubtsBefore;
        }

        ResourceInfo info(int doubts, Symbols symbols) {
            List<ResourceInfo.Holder> who = new ArrayList<>();
            holders.forEach(holder -> who.add(holder.info(symbols)));
            return new ResourceInfo(
                    id,
                    kind,
                    symbols.text(name),
                    capacity,
                    acquisitions,
                    List.copyOf(who),
                    exact && doubts == doubtsBefore);
        }
    }
}
