package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.sources.AttachRows.About;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ends of threads that others wait for: of one thread, or of all that were forked in a scope. */
final class AttachScopes {

    /*
     * Whoever joins a scope waits for all its forks, but may be let go earlier, when the first of them fails or succeeds: which
     * of the two, only the program knows. So any fork that can go on may let its owner go on, and a missing fork leaves
     * the answer unknown.
     */

    private static final String SCOPE = "jdk.internal.misc.ThreadFlock$ThreadContainerImpl";
    private static final String FLOCK = "jdk.internal.misc.ThreadFlock";
    private static final Fact<Frame> NO_SITE = Fact.unknown("it was started before we looked");

    private final AttachRows rows;
    private final Map<Long, List<Integer>> scopesOf = new HashMap<>();

    AttachScopes(AttachRows rows) {
        this.rows = rows;
        for (int ref : rows.refs()) {
            if (rows.about(ref).className().equals(SCOPE)) {
                for (long owner : rows.about(ref).threads(Relation.CONTAINER_OWNER)) {
                    scopesOf.computeIfAbsent(owner, o -> new ArrayList<>()).add(ref);
                }
            }
        }
    }

    /** The scope that the owner with this stack waits for; 0 if it waits for none, or has several open. */
    int joinedBy(long owner, StackTrace stack) {
        List<Integer> scopes = scopesOf.getOrDefault(owner, List.of());
        return scopes.size() == 1 && stack.contains(FLOCK, "awaitAll") ? scopes.get(0) : 0;
    }

    /** What a person knows this container by, with the task that opened it; null if it has no name and no owner. */
    @Nullable
    String nameOf(int container) {
        About about = rows.about(container);
        String name = about.text(Relation.NAME);
        List<Long> owners = about.threads(Relation.CONTAINER_OWNER);
        return owners.isEmpty()
                ? name
                : (name == null || name.isEmpty() ? "a scope" : name) + " of task #" + owners.get(0);
    }

    /** Who has to end before those go on that wait for this. */
    Fact<List<Hold>> awaited(int ref) {
        About about = rows.about(ref);
        List<Long> running = about.threads(Relation.RUNNER);
        if (about.className().equals(SCOPE)) {
            Long timed = about.number(Relation.TIMED);
            Long forks = about.number(Relation.COUNT);
            if (timed == null || timed != 0) {
                return Fact.unknown(
                        timed == null
                                ? "whether the scope has a timeout could not be read"
                                : "the scope has a timeout, which ends the wait");
            }
            if (forks == null || forks != running.size()) {
                return Fact.unknown("not all of its forks were found");
            }
        }
        return running.isEmpty()
                ? Fact.unknown("which thread it is does not say")
                : Fact.observed(running.stream()
                        .map(thread -> new Hold(thread, AccessMode.RUNS, NO_SITE))
                        .toList());
    }
}
