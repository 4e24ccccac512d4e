package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code class-init-cycle}: static initialisers of classes that need each other, each run by another thread. */
final class ClassInitCycles implements Question {

    /*
     * The JVM lets one thread initialise a class and all others wait for it (JVMS 5.5). The waiting threads are RUNNABLE
     * in every API of the JDK, and findDeadlockedThreads does not know of them.
     */

    private static final Set<ResourceKind> CLASS_INIT = EnumSet.of(ResourceKind.CLASS_INIT);

    @Override
    public List<Finding> ask(Samples samples) {
        List<Finding> findings = new ArrayList<>();
        for (StandingDeadlock deadlock : samples.deadlocks()) {
            if (deadlock.onlyThrough(CLASS_INIT)) {
                findings.add(finding(deadlock));
            }
        }
        return findings;
    }

    private static Finding finding(StandingDeadlock deadlock) {
        String classes = deadlock.resources().stream().map(Resource::title).collect(Collectors.joining(" and "));
        return new Finding(
                FindingKind.CLASS_INIT_CYCLE,
                deadlock.confidence(),
                deadlock.basis(),
                "The static initialisers of " + classes + " need each other and run on different threads:"
                        + " neither class will ever be usable in this JVM.",
                deadlock.chain(),
                true,
                deadlock.tasks(),
                deadlock.victims(),
                deadlock.resources().stream().map(Resource::id).toList(),
                evidence(deadlock),
                deadlock.innocent(),
                List.of(
                        "Break the circle: do not create or use a subclass in the initialiser of its superclass; move what one initialiser needs from the other class into a holder class"
                                + " of its own, or make it lazy.",
                        "Until then, let one thread initialise the classes in a fixed order at start-up"
                                + " (Class.forName) before other threads run."));
    }

    private static List<Evidence> evidence(StandingDeadlock deadlock) {
        List<Evidence> evidence = new ArrayList<>();
        for (Resource resource : deadlock.resources()) {
            String who = "which thread initialises " + resource.title() + ": ";
            evidence.add(
                    resource.holders().provenance() == Provenance.OBSERVED
                            ? Evidence.observed(who + "its static initialiser is on the stack")
                            : Evidence.inferred(who + resource.holders().basis()));
        }
        evidence.add(Evidence.observed("the JDK shows these threads as RUNNABLE and reports no deadlock"));
        return evidence;
    }
}
