package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * A task has to do with another.
 *
 * @param atNanos when it was said, from the beginning of the recording
 * @param how how
 * @param otherId the other task
 * @param label a word on it, null if there is none
 */
public record TaskLink(
        long atNanos, How how, long otherId, @Nullable String label) {

    /** How tasks have to do with each other. */
    public enum How {
        /** The task is derived from the other, as a stage from its source. */
        DERIVED_FROM("derived from"),
        /** The task waits for the end of the other. */
        AWAITS("awaits"),
        /** The task sent the other a message. */
        SENT_TO("sent to"),
        /** Data flows from the task to the other. */
        DATA_FLOW("data flows to"),
        /** The task depends on the other, says the program. */
        DEPENDS_ON("depends on"),
        /** The other is the thread of the task. */
        RUNS_ON("runs on"),
        /** A newer version made it up. */
        UNKNOWN("has to do with");

        private final String label;

        How(String label) {
            this.label = label;
        }

        /** The words for it in every view. */
        public String label() {
            return label;
        }
    }
}
