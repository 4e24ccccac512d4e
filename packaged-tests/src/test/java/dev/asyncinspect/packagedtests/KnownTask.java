package dev.asyncinspect.packagedtests;

import java.util.concurrent.TimeUnit;

/** What a task of the program Trees knows of itself: a line of its output. Times are of its own clock. */
record KnownTask(
        long number, String kind, long parent, long thread, long begin, long end, long parkedNanos, String outcome) {

    static KnownTask parse(String line) {
        String[] words = line.split(" ");
        return new KnownTask(
                Long.parseLong(words[0]),
                words[1],
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[6])),
                words[7]);
    }

    boolean isThread() {
        return kind.equals("THREAD") || kind.equals("VIRTUAL");
    }

    boolean hasRun() {
        return thread != 0;
    }
}
