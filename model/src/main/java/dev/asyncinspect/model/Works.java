package dev.asyncinspect.model;

import java.util.List;

/**
 * What objects say of work beside who waits for whom.
 *
 * @param pools pools that have workers
 * @param unstarted work that somebody waits for and nobody has begun
 * @param failed work that has failed
 */
public record Works(List<WorkPool> pools, List<UnstartedWork> unstarted, List<FailedWork> failed) {

    /** Of a source that does not read these objects. */
    public static final Works NONE = new Works(List.of(), List.of(), List.of());

    public Works {
        pools = List.copyOf(pools);
        unstarted = List.copyOf(unstarted);
        failed = List.copyOf(failed);
    }
}
