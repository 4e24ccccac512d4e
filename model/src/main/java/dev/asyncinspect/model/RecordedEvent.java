package dev.asyncinspect.model;

/**
 * One recorded event in words.
 *
 * @param atNanos when, from the beginning of the recording
 * @param kind what happened
 * @param taskId the task or thread it happened to, 0 if to none
 * @param otherId the other task, thread or resource that takes part, 0 if none does
 * @param text the rest for a person, empty if there is no more to say
 */
public record RecordedEvent(long atNanos, Kind kind, long taskId, long otherId, String text) {

    /** What can happen. */
    public enum Kind {
        CREATED("created"),
        NAMED("named"),
        POLL_START("poll-start"),
        POLL_END("poll-end"),
        AWAIT_START("await-start"),
        AWAIT_END("await-end"),
        WOKEN("woken"),
        ENDED("ended"),
        ACQUIRED("acquired"),
        RELEASED("released"),
        POINT("point"),
        LINKED("linked"),
        RESOURCE("resource"),
        DROPPED("dropped"),
        CLOCK("clock");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** The stable name in JSON and on the command line. */
        public String id() {
            return id;
        }
    }
}
