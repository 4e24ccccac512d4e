package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * A task has to do with another.
 *
 * @param atNanos when it was said, from the beginning of the recording
 * @param how how
 * @param otherId the other task; {@link How#RUN_BY}, {@link How#COMPLETES}: a resource; of a scoped value: the hash of its key
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
        /** The task put a key into the logging context of its thread. */
        CONTEXT_PUT("put into the context of"),
        /** The task took a key out of the logging context of its thread. */
        CONTEXT_REMOVED("took out of the context of"),
        /** The task emptied the logging context of its thread. */
        CONTEXT_CLEARED("emptied the context of"),
        /** What is in logging contexts is not known from there on. */
        CONTEXT_UNCLEAR("made contexts unclear on"),
        /** The workers of a pool are to run the task. The other is a resource. */
        RUN_BY("is to be run by"),
        /** A scoped value was bound where the task was created. */
        SCOPED_BOUND("was created where there was bound"),
        /** The task read a scoped value that was not bound. */
        SCOPED_UNBOUND("found unbound"),
        /** The end of the task completes a future. The other is a resource. */
        COMPLETES("completes"),
        /** A newer version made it up. */
        UNKNOWN("has to do with");

        private final String label;

        How(String label) {
            this.label = label;
        }

        /** Whether it is about the logging context of the thread. */
        public boolean isContext() {
            return this == CONTEXT_PUT || this == CONTEXT_REMOVED || this == CONTEXT_CLEARED || this == CONTEXT_UNCLEAR;
        }

        /** Whether the other is a resource. */
        public boolean isToResource() {
            return this == RUN_BY || this == COMPLETES;
        }

        /** Whether it is about a scoped value. */
        public boolean isScoped() {
            return this == SCOPED_BOUND || this == SCOPED_UNBOUND;
        }

        /** The words for it in every view. */
        public String label() {
            return label;
        }
    }
}
