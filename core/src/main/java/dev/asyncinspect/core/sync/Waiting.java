package dev.asyncinspect.core.sync;

/** One act of waiting that may time out or be interrupted. */
@FunctionalInterface
interface Waiting {

    /** False if the time was up. */
    boolean get() throws InterruptedException;

    /** Tells the recorder of it, and counts it. */
    static boolean told(Resource resource, boolean timed, Usage usage, Waiting waiting) throws InterruptedException {
        long since = resource.waits(timed);
        boolean got = false;
        boolean threw = true;
        try {
            got = waiting.get();
            threw = false;
        } finally {
            usage.waited(resource.waited(since, got, threw));
        }
        return got;
    }
}
