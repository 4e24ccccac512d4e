package dev.asyncinspect.model;

/**
 * A task became runnable.
 *
 * @param atNanos when, from the beginning of the recording
 * @param wakerId task or thread that did it, 0 if nobody said
 * @param how by what
 * @param self whether the task did it itself
 */
public record Wake(long atNanos, long wakerId, How how, boolean self) {

    /** By what a task becomes runnable. */
    public enum How {
        /** {@code LockSupport.unpark}. */
        UNPARK("unparked"),
        /** A timeout ran out. */
        TIMEOUT("timed out"),
        /** A monitor came free, or it was notified. */
        MONITOR_FREE("monitor free"),
        /** Started, or handed to an executor. */
        SUBMITTED("submitted"),
        /** What it waited for was completed. */
        COMPLETION("completed"),
        /** It gave way itself. */
        YIELDED("yielded"),
        /** Nobody said. */
        UNKNOWN("woken");

        private final String label;

        How(String label) {
            this.label = label;
        }

        /** The word for it in every view. */
        public String label() {
            return label;
        }
    }
}
