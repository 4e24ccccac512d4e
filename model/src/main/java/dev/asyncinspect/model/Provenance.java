package dev.asyncinspect.model;

/** How a value is known. */
public enum Provenance {
    /** The source states it. */
    OBSERVED,
    /** It follows from something else that was observed. */
    INFERRED,
    /** It cannot be had from this source. */
    UNKNOWN;

    /** The word for it in every view. */
    public String label() {
        return switch (this) {
            case OBSERVED -> "observed";
            case INFERRED -> "inferred";
            case UNKNOWN -> "unknown";
        };
    }
}
