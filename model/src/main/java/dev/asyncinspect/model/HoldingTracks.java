package dev.asyncinspect.model;

import dev.asyncinspect.core.fold.ResourceInfo;
import dev.asyncinspect.core.fold.TaskFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who held what when, as it grows. */
final class HoldingTracks {

    private static final Set<ResourceKind> LOCKS =
            EnumSet.of(ResourceKind.LOCK, ResourceKind.MONITOR, ResourceKind.READ_WRITE_LOCK);

    /** A condition can be signalled by a million tasks; more than these are counted only. */
    private static final int MAX_SIGNALLERS = 200;

    private final TaskFold fold;
    private final Map<Long, OneResource> resources = new LinkedHashMap<>();

    HoldingTracks(TaskFold fold) {
        this.fold = fold;
    }

    /** Takes in what the fold says now of what this resource is. */
    void named(long resourceId, long moment) {
        ResourceInfo info = fold.resource(resourceId);
        if (info != null) {
            resources.computeIfAbsent(resourceId, id -> new OneResource(info)).named(info, moment);
        }
    }

    /** Takes in what the fold says now of what this task holds of this resource. */
    void look(long resourceId, long taskId, int mode, long moment) {
        OneResource one = resources.get(resourceId);
        if (one == null) {
            named(resourceId, moment);
            one = resources.get(resourceId);
        }
        if (one != null) {
            one.look(taskId, mode, fold.holder(resourceId, taskId, mode), moment);
        }
    }

    /** A task has signalled it, or given something of it back; it was looked at before. */
    void signalled(long resourceId, long taskId, long moment) {
        OneResource one = resources.get(resourceId);
        if (one != null) {
            one.signalled(taskId, moment);
        }
    }

    /** Whether this is something that can be taken in a wrong order. */
    boolean isLock(long resourceId) {
        OneResource one = resources.get(resourceId);
        return one != null && LOCKS.contains(Codes.resource(one.last.kind()));
    }

    List<ResourceHistory> build() {
        List<ResourceHistory> all = new ArrayList<>(resources.size());
        resources.forEach((id, one) -> all.add(one.build(fold.resource(id))));
        return all;
    }

    /** One of them. */
    private static final class OneResource {

        /** One task can hold it in two ways, as a read-write lock. */
        private record Key(long taskId, int mode) {}

        private final List<Holding> over = new ArrayList<>();
        private final Map<Key, Holding> open = new LinkedHashMap<>();
        private final Map<Long, Signaller> signallers = new LinkedHashMap<>();
        private long signals;
        private final List<ResourceHistory.Size> sizes = new ArrayList<>(1);
        private ResourceInfo last;

        OneResource(ResourceInfo first) {
            last = first;
        }

        void named(ResourceInfo now, long moment) {
            if (now.capacity() != last.capacity() || sizes.isEmpty()) {
                sizes.add(new ResourceHistory.Size(moment, now.capacity()));
            }
            last = now;
        }

        void look(long taskId, int mode, ResourceInfo.@Nullable Holder now, long moment) {
            Key key = new Key(taskId, mode);
            Holding known = open.get(key);
            if (now == null) {
                if (known != null) {
                    open.remove(key);
                    over.add(ended(known, moment));
                }
            } else if (known == null || known.permits() != now.permits()) {
                open.put(key, holding(now, known == null ? moment : known.fromNanos()));
            }
        }

        void signalled(long taskId, long moment) {
            signals++;
            Signaller before = signallers.remove(taskId); // so that the last one is last
            signallers.put(taskId, before == null ? new Signaller(taskId, 1, moment) : before.again(moment));
            if (signallers.size() > MAX_SIGNALLERS) {
                signallers.remove(signallers.keySet().iterator().next());
            }
        }

        private static Holding holding(ResourceInfo.Holder holder, long from) {
            String site = holder.site();
            return new Holding(
                    holder.taskId(),
                    Codes.mode(holder.mode()),
                    holder.permits(),
                    site == null ? null : CodeSite.of(site),
                    from,
                    Await.STILL);
        }

        private static Holding ended(Holding holding, long moment) {
            return new Holding(
                    holding.taskId(),
                    holding.mode(),
                    holding.permits(),
                    holding.site(),
                    holding.fromNanos(),
                    Math.max(holding.fromNanos(), moment));
        }

        /** What the fold has forgotten meanwhile may have been held by others since. */
        ResourceHistory build(@Nullable ResourceInfo now) {
            List<Holding> all = new ArrayList<>(over);
            all.addAll(open.values());
            all.sort(Comparator.comparingLong(Holding::fromNanos));
            return new ResourceHistory(
                    last.id(),
                    Codes.resource(last.kind()),
                    last.name(),
                    last.capacity(),
                    sizes.size() < 2 ? List.of() : sizes,
                    all,
                    now != null && now.exact(),
                    List.copyOf(signallers.values()),
                    signals);
        }
    }
}
