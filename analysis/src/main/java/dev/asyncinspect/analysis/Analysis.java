package dev.asyncinspect.analysis;

import dev.asyncinspect.model.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The front door: asks a history the whole list of questions. */
public final class Analysis {

    private static final List<Question> QUESTIONS = List.of(
            new LockCycles(),
            new FutureCycles(),
            new NobodyLeft(),
            new OwnPoolWaits(),
            new UnsignalledLatches(),
            new KeptPermits(),
            new OwnerlessLocks(),
            new NeverStarted(),
            new ClassInitCycles(),
            new ClassInitWaits(),
            new PoolStarvation(),
            new ExitHooks(),
            new Keepers(),
            new UnreadOutputs(),
            new SwallowedFailures(),
            new CarrierStarvation(),
            new PinnedCarriers(),
            new BlockedEventLoops(),
            new ExhaustedPools(),
            new LeasedPools(),
            new LockContention(),
            new CpuBoundTasks(),
            new LongPolls(),
            new PinnedWaits(),
            new BlockingLoops(),
            new LockOrderInversions(),
            new LeakedTasks(),
            new QueueGrowth(),
            new LongAwaits(),
            new UnaskedFailures(),
            new SlowPools(),
            new SelfWakes(),
            new ContextHops());

    private Analysis() {}

    /** All findings of this history, surest and worst first; empty if nothing is wrong as far as the history shows. */
    public static List<Finding> of(History history) {
        Samples samples = new Samples(history);
        List<Finding> findings = new ArrayList<>();
        for (Question question : QUESTIONS) {
            findings.addAll(question.ask(samples));
        }
        findings.sort(Comparator.comparing(Finding::confidence)
                .thenComparing(Finding::kind)
                .thenComparingInt(finding -> -finding.victims().size()));
        return List.copyOf(findings);
    }
}
