package dev.asyncinspect.core.sync;

/**
 * How a lock or semaphore was used since it exists, whether recording was on or not.
 *
 * @param acquisitions how often it was taken
 * @param contentions how often somebody had to wait for it
 * @param waitNanos sum of the waits
 * @param maxWaitNanos the longest wait
 * @param meanWaitNanos the mean wait of those who waited
 * @param p99WaitNanos a wait that all but one in a hundred did not exceed, within one eighth
 */
public record LockMetrics(
        long acquisitions, long contentions, long waitNanos, long maxWaitNanos, long meanWaitNanos, long p99WaitNanos) {

    /** For which part of the acquisitions somebody had to wait: 0 for none. */
    public double contentionRate() {
        return acquisitions == 0 ? 0 : (double) contentions / acquisitions;
    }
}
