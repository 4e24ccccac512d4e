package dev.asyncinspect.sources;

import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources of one dump while it is put together: each object once, with who holds it. */
final class ResourceTable {

    private static final Set<ResourceKind> ONE_OWNER =
            EnumSet.of(ResourceKind.LOCK, ResourceKind.MONITOR, ResourceKind.READ_WRITE_LOCK, ResourceKind.CLASS_INIT);

    private final Map<String, Entry> byKey = new HashMap<>();
    private final List<Entry> byId = new ArrayList<>();

    private static final class Entry {
        final long id;
        ResourceKind kind;
        final @Nullable String className;
        final @Nullable String identity;
        final @Nullable String name;
        final List<Hold> holds = new ArrayList<>(1);

        Entry(
                long id,
                ResourceKind kind,
                @Nullable String className,
                @Nullable String identity,
                @Nullable String name) {
            this.id = id;
            this.kind = kind;
            this.className = className;
            this.identity = identity;
            this.name = name;
        }
    }

    /** The id of an object that the dump identifies. A kind that is known replaces one that is not. */
    long object(ResourceKind kind, String className, String identity) {
        Entry entry = entry(identity + " " + className, kind, className, identity, null);
        if (entry.kind == ResourceKind.UNKNOWN) {
            entry.kind = kind;
        }
        return entry.id;
    }

    /** The id of the initialisation of a class. */
    long classInit(String className) {
        return entry("init " + className, ResourceKind.CLASS_INIT, "java.lang.Class", null, className).id;
    }

    /** The id of something without identity, shared by all that wait for the same: time, or an object the dump hides. */
    long anonymous(ResourceKind kind, @Nullable String className) {
        return entry("any " + kind + " " + className, kind, className, null, null).id;
    }

    void held(long resourceId, Hold hold) {
        byId.get((int) resourceId - 1).holds.add(hold);
    }

    /** A hold that several threads report alike. */
    void heldOnce(long resourceId, Hold hold) {
        Entry entry = byId.get((int) resourceId - 1);
        if (entry.holds.stream().noneMatch(known -> known.taskId() == hold.taskId())) {
            entry.holds.add(hold);
        }
    }

    private Entry entry(
            String key,
            ResourceKind kind,
            @Nullable String className,
            @Nullable String identity,
            @Nullable String name) {
        Entry known = byKey.get(key);
        if (known == null) {
            known = new Entry(byId.size() + 1L, kind, className, identity, name);
            byKey.put(key, known);
            byId.add(known);
        }
        return known;
    }

    /** All of them; {@code unknown} says for each kind why its holders are not in the dump. */
    List<Resource> resources(UnknownHolders unknown) {
        List<Resource> resources = new ArrayList<>(byId.size());
        for (Entry entry : byId) {
            boolean two = entry.holds.size() > 1 && entry.kind == ResourceKind.MONITOR;
            Fact<List<Hold>> holders = two
                    ? Fact.unknown("two threads list it as locked: different objects may print the same identity")
                    : entry.holds.isEmpty() ? Fact.unknown(unknown.reason(entry.kind)) : Fact.observed(entry.holds);
            resources.add(new Resource(
                    entry.id,
                    entry.kind,
                    entry.className,
                    entry.identity,
                    entry.name,
                    ONE_OWNER.contains(entry.kind) ? Resource.Needs.ALL_HOLDERS : Resource.Needs.ANY_HOLDER,
                    holders));
        }
        return resources;
    }

    /** Why a source does not tell the holders of a kind of resource. */
    interface UnknownHolders {

        String reason(ResourceKind kind);
    }
}
