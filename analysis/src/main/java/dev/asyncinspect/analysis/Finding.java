package dev.asyncinspect.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, with how sure that is and why. Ids refer to the newest snapshot of the history.
 *
 * @param kind what is wrong
 * @param confidence how sure
 * @param basis why so sure: {@code same state in 2 samples, 250 ms apart}
 * @param sentence what a person needs to know, in one sentence
 * @param chain the waits that show it, in reading order; empty if the finding is not about a chain
 * @param cycle whether the last link of the chain leads back to the first
 * @param tasks ids of the tasks that cause it, in reading order
 * @param victims ids of tasks that merely wait behind them
 * @param resources ids of the resources involved, in reading order
 * @param evidence the reasons, strongest first
 * @param innocent how it could be harmless after all; null only if {@link Confidence#PROVEN}
 * @param suggestions what to change, best first
 */
public record Finding(
        FindingKind kind,
        Confidence confidence,
        String basis,
        String sentence,
        List<Link> chain,
        boolean cycle,
        List<Long> tasks,
        List<Long> victims,
        List<Long> resources,
        List<Evidence> evidence,
        @Nullable String innocent,
        List<String> suggestions) {

    public Finding {
        chain = List.copyOf(chain);
        tasks = List.copyOf(tasks);
        victims = List.copyOf(victims);
        resources = List.copyOf(resources);
        evidence = List.copyOf(evidence);
        suggestions = List.copyOf(suggestions);
        if (innocent == null && confidence != Confidence.PROVEN) {
            throw new IllegalArgumentException(kind.id() + " is only " + confidence + ": say how it could be harmless");
        }
    }
}
