package dev.asyncinspect.analysis;

/** How sure a {@link Finding} is. Ordered: surest first. */
public enum Confidence {
    /** Follows from state that cannot change by itself, seen twice. */
    PROVEN,
    /** Strong evidence; an innocent explanation exists and the finding names it. */
    LIKELY,
    /** Worth a look; does not make a program count as sick. */
    HINT
}
