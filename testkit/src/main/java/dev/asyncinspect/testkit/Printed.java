package dev.asyncinspect.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a process prints to one stream, read by a thread of its own so that the process never blocks on a full pipe. */
final class Printed {

    // Guarded by this; waiters are notified of every change.
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    Printed(InputStream stream, String name) {
        Thread pump = new Thread(() -> pump(stream), name);
        pump.setDaemon(true);
        pump.start();
    }

    /** The first whole line that contains this; empty if the stream ends or the time is over without one. */
    synchronized Optional<String> awaitLine(String part, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<String> line = text.substring(0, text.lastIndexOf("\n") + 1)
                    .lines()
                    .filter(candidate -> candidate.contains(part))
                    .findFirst();
            if (line.isPresent() || ended || !await(deadlineNanos)) {
                return line;
            }
        }
    }

    /** Everything up to the end of the stream. Fails if that does not come in time: a child may have inherited it. */
    synchronized String all(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!ended) {
            if (!await(deadlineNanos)) {
                throw new AssertionError("the process ended but somebody keeps its output open; so far:\n" + soFar());
            }
        }
        return soFar();
    }

    synchronized String soFar() {
        return text.toString().replace("\r\n", "\n");
    }

    private synchronized boolean await(long deadlineNanos) {
        long remainingNanos = deadlineNanos - System.nanoTime();
        if (remainingNanos <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, remainingNanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pump(InputStream stream) {
        char[] buffer = new char[8192];
        try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                append(buffer, count);
            }
        } catch (IOException e) {
            // The process was killed while we read: what it printed is what we have.
        } finally {
            end();
        }
    }

    private synchronized void append(char[] buffer, int count) {
        text.append(buffer, 0, count);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
