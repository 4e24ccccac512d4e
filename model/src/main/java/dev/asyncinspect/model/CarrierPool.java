package dev.asyncinspect.model;

/**
 * The scheduler of virtual threads, as the JVM describes it ({@code Thread.vthread_scheduler}, JDK 24 and later).
 *
 * @param parallelism how many carriers run at a time
 * @param poolSize how many carriers there are
 * @param active how many of them are busy
 * @param queuedTasks runnable virtual threads in the carriers' own queues
 * @param queuedSubmissions runnable virtual threads in the shared queues
 */
public record CarrierPool(int parallelism, int poolSize, int active, long queuedTasks, long queuedSubmissions) {

    /** Runnable virtual threads that wait for a carrier. */
    public long queued() {
        return queuedTasks + queuedSubmissions;
    }
}
