package dev.asyncinspect.core.fold;

import java.util.Locale;

/** How often something took how long, in bounded memory: eight buckets for each power of two, so a percentile is exact within one eighth. */
public final class DurationHistogram {

    private static final int BUCKET_BITS = 3;
    private static final int PER_POWER = 1 << BUCKET_BITS;
    /** Up to 2^40 ns, eighteen minutes; what is longer counts in the last bucket, and its true length is the maximum. */
    private static final int POWERS = 40;

    private final int[] counts = new int[(POWERS - BUCKET_BITS + 1) * PER_POWER];
    private long count;
    private long totalNanos;
    private long maxNanos;

    /** Takes in one duration; a negative one, which clocks should not give, counts as 0. */
    public void add(long nanos) {
        long positive = Math.max(0, nanos);
        counts[Math.min(bucket(positive), counts.length - 1)]++;
        count++;
        totalNanos += positive;
        maxNanos = Math.max(maxNanos, positive);
    }

    /** How many durations. */
    public long count() {
        return count;
    }

    /** Their sum. */
    public long totalNanos() {
        return totalNanos;
    }

    /** The longest, 0 if there is none. */
    public long maxNanos() {
        return maxNanos;
    }

    /** The mean, 0 if there is none. */
    public long meanNanos() {
        return count == 0 ? 0 : totalNanos / count;
    }

    /** A duration that this part of all does not exceed, 0 if there is none: {@code percentile(0.99)}. */
    public long percentileNanos(double part) {
        if (part < 0 || part > 1) {
            throw new IllegalArgumentException("a part must be between 0 and 1: " + part);
        }
        long wanted = Math.max(1, (long) Math.ceil(part * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && count > 0) {
                return i == counts.length - 1 ? maxNanos : Math.min(maxNanos, endOf(i));
            }
        }
        return 0;
    }

    /** How many took between two powers of two: index k counts those from 2^k up to below 2^(k+1) nanoseconds, index 0 also those below 1. */
    public long[] powersOfTwo() {
        long[] powers = new long[POWERS + 1];
        for (int i = 0; i < counts.length; i++) {
            powers[Math.min(POWERS, 63 - Long.numberOfLeadingZeros(Math.max(1, beginOf(i))))] += counts[i];
        }
        return powers;
    }

    /** A copy that stays as it is. */
    public DurationHistogram copy() {
        DurationHistogram copy = new DurationHistogram();
        System.arraycopy(counts, 0, copy.counts, 0, counts.length);
        copy.count = count;
        copy.totalNanos = totalNanos;
        copy.maxNanos = maxNanos;
        return copy;
    }

    /** {@code 12 durations, mean 1.250 ms, p50 1.100 ms, p99 2.000 ms, longest 2.000 ms}; for logs and debuggers. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d duration%s, mean %s, p50 %s, p99 %s, longest %s",
                count,
                count == 1 ? "" : "s",
                millis(meanNanos()),
                millis(percentileNanos(0.5)),
                millis(percentileNanos(0.99)),
                millis(maxNanos));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%,.3f ms", nanos / 1e6);
    }

    private static int bucket(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
        if (power < BUCKET_BITS) {
            return (int) nanos;
        }
        int shift = power - BUCKET_BITS;
        return (shift + 1) * PER_POWER + (int) (nanos >>> shift) - PER_POWER;
    }

    private static long beginOf(int bucket) {
        if (bucket < PER_POWER) {
            return bucket;
        }
        int shift = bucket / PER_POWER - 1;
        return (long) (bucket % PER_POWER + PER_POWER) << shift;
    }

    private static long endOf(int bucket) {
        return beginOf(bucket + 1) - 1;
    }
}
