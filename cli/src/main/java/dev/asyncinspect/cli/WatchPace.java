package dev.asyncinspect.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Real time, until a length of time is over or a signal ends us. */
final class WatchPace implements Watcher.Pace, AutoCloseable {

    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final CountDownLatch signal = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private long begun = System.nanoTime();
    private final @Nullable Duration length;
    private final Duration lastWords;

    private WatchPace(@Nullable Duration length, Duration lastWords) {
        this.length = length;
        this.lastWords = lastWords;
    }

    /** Time begins to run; null for no end. */
    static WatchPace begin(@Nullable Duration length) {
        return begin(length, LAST_WORDS);
    }

    /**
     * The same.
     *
     * @param lastWords how long the end of the process waits for whoever runs by this pace to come to an end
     */
    static WatchPace begin(@Nullable Duration length, Duration lastWords) {
        WatchPace pace = new WatchPace(length, lastWords);
        Runtime.getRuntime().addShutdownHook(new Thread(pace::end, "async-inspect-watch-ender"));
        return pace;
    }

    /** Time runs anew from here. */
    void restart() {
        begun = System.nanoTime();
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public boolean pause(Duration time) throws InterruptedException {
        long left = length == null ? Long.MAX_VALUE : length.toNanos() - (now() - begun);
        boolean ended = signal.await(Math.min(time.toNanos(), left), TimeUnit.NANOSECONDS);
        return !ended && left > time.toNanos();
    }

    /** A look or a command may take longer than we wait; then there is no last line. */
    @SuppressWarnings("ReturnValueIgnored")
    private void end() {
        signal.countDown();
        try {
            over.await(lastWords.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
