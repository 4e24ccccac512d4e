package dev.asyncinspect.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something tasks wait for.
 *
 * @param id ours, sequential within a snapshot
 * @param kind what sort of thing it is
 * @param className binary name of its class, null if the source does not tell
 * @param identity what tells it from others of its class within this snapshot, as the source prints it (an address or an
 *     identity hash); null if the source does not tell
 * @param name what the program calls it, null if it has no name of its own
 * @param needs how many of the holders must go on before a waiter can
 * @param holders who holds it; an empty list that is observed means that nobody does
 * @param details what else the source says of it, in its order; none if nothing
 * @param leases what it has given out, null if it is no pool or the source does not tell
 */
public record Resource(
        long id,
        ResourceKind kind,
        @Nullable String className,
        @Nullable String identity,
        @Nullable String name,
        Needs needs,
        Fact<List<Hold>> holders,
        List<Detail> details,
        @Nullable Leases leases) {

    /** How many holders must go on before a waiter can. */
    public enum Needs {
        /** One is enough: permits, completers of a future, workers of a pool. */
        ANY_HOLDER,
        /** Every one: the owner of a lock, all readers before a writer. */
        ALL_HOLDERS
    }

    public Resource {
        holders = holders.map(List::copyOf);
        details = List.copyOf(details);
    }

    /** A resource of which the source says nothing more. */
    public Resource(
            long id,
            ResourceKind kind,
            @Nullable String className,
            @Nullable String identity,
            @Nullable String name,
            Needs needs,
            Fact<List<Hold>> holders) {
        this(id, kind, className, identity, name, needs, holders, List.of(), null);
    }

    /** The holders; empty if there are none or they are not known. */
    public List<Hold> knownHolders() {
        List<Hold> known = holders.orNull();
        return known == null ? List.of() : known;
    }

    /** The same resource held by others. */
    public Resource withHolders(Fact<List<Hold>> others) {
        return new Resource(id, kind, className, identity, name, needs, others, details, leases);
    }

    /** Class name without its package, or the word for its kind. */
    public String simpleClassName() {
        return className == null ? kind.label() : className.substring(className.lastIndexOf('.') + 1);
    }

    /** What a person calls it: {@code Monitor 'accountB' (Resource#2)}, {@code Lock ReentrantLock@1b2c (Resource#3)}. */
    public String label() {
        return kind.label() + " " + title() + " (Resource#" + id + ")";
    }

    /** Its name in quotes, or else its class and identity. */
    public String title() {
        if (name != null) {
            return "'" + name + "'";
        }
        if (className == null) {
            return "of unknown class";
        }
        return identity == null ? simpleClassName() : simpleClassName() + "@" + identity;
    }
}
