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
        for (Holder holder : held.holders) {
            if (holder.taskId == taskId && holder.mode == mode) {
                holder.permits += Math.max(1, permits);
                return;
            }
        }
        if (held.holders.size() >= MAX_HOLDERS) {
            held.exact = false;
            return;
        }
        held.holders.add(new Holder(taskId, mode, Math.max(1, permits), site, nanos));
    }

    void released(long taskId, int mode, int permits, long resourceId) {
        Held held = mode == EventCodes.SIGNAL ? null : held(resourceId);
        if (held == null) {
            return;
        }
        int left = Math.max(1, permits);
        for (Holder holder : held.holders) {
            if (holder.taskId == taskId && holder.mode == mode) {
                left -= holder.permits;
                holder.permits = -left;
                break;
            }
        }
        held.holders.removeIf(holder -> holder.permits <= 0);
        if (left > 0) {
            held.exact = false;
        }
    }

    /** Events were dropped: one of them may have been a release. */
    void doubt() {
        resources.forEach(held -> held.exact = false);
    }

    List<ResourceInfo> all(Symbols symbols) {
        List<ResourceInfo> all = new ArrayList<>();
        resources.forEach(held -> all.add(held.info(symbols)));
        return all;
    }

    @Nullable
    ResourceInfo of(long resourceId, Symbols symbols) {
        Held held = resourceId == 0 ? null : resources.get(resourceId);
        return held == null ? null : held.info(symbols);
    }

    /** Tells names as events. */
    void introduce(EventHandler to) {
        resources.forEach(held -> to.resource(0, held.kind, held.capacity, held.name, held.id));
    }

    /** Tells names and holders as events. */
    void tell(EventHandler to) {
        introduce(to);
        resources.forEach(held -> {
            for (Holder holder : held.holders) {
                to.acquired(holder.nanos, holder.taskId, holder.mode, holder.permits, holder.site, held.id);
            }
        });
    }

    private @Nullable Held held(long resourceId) {
        if (resourceId == 0) {
            return null;
        }
        Held held = resources.get(resourceId);
        if (held == null && (resources.size() < limit || makeRoom())) {
            held = new Held(resourceId);
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
        final List<Holder> holders = new ArrayList<>(1);
        int kind;
        int capacity;
        int name;
        long acquisitions;
        boolean exact = true;

        Held(long id) {
            this.id = id;
        }

        ResourceInfo info(Symbols symbols) {
            List<ResourceInfo.Holder> who = new ArrayList<>();
            for (Holder holder : holders) {
                who.add(new ResourceInfo.Holder(
                        holder.taskId, holder.mode, holder.permits, symbols.text(holder.site), holder.nanos));
            }
            return new ResourceInfo(id, kind, symbols.text(name), capacity, acquisitions, List.copyOf(who), exact);
        }
    }

    private static final class Holder {
        final long taskId;
        final int mode;
        int permits;
        final int site;
        final long nanos;

        Holder(long taskId, int mode, int permits, int site, long nanos) {
            this.taskId = taskId;
            this.mode = mode;
            this.permits = permits;
            this.site = site;
            this.nanos = nanos;
        }
    }
}
