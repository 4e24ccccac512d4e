package dev.asyncinspect.model;

import dev.asyncinspect.core.event.EventHandler;
import java.util.List;

/**
 * Makes something of a recording's events: hand it each of them in order, then {@link #build}.
 *
 * @param <R> what it makes
 */
public interface EventFold<R> extends EventHandler {

    /** Whether no event came. */
    boolean isEmpty();

    /**
     * What came of it; to be asked for once.
     *
     * @param source where the events come from
     * @param gaps what else is known to be missing
     * @param truncated whether the source ended in the middle
     */
    R build(Source source, List<Gap> gaps, boolean truncated);
}
