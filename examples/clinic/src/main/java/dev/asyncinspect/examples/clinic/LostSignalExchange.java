package dev.asyncinspect.examples.clinic;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Two offices that send each other more letters than fit in a letter box, and read their own mail afterwards. */
final class LostSignalExchange implements Fault {

    @Override
    public String name() {
        return "lost-signal-exchange";
    }

    @Override
    public String about() {
        return "offices that fill each other's letter box before they empty their own (two bounded queues)";
    }

    @Override
    public Size size() {
        return Size.fixed("offices", 2);
    }

    @Override
    public void start(Ward ward) {
        Meeting meeting = ward.meeting(2);
        BlockingQueue<String> east = new ArrayBlockingQueue<>(1);
        BlockingQueue<String> west = new ArrayBlockingQueue<>(1);
        // Repaired: a letter that does not fit is not sent.
        ward.hire("office", 1, () -> send(meeting, east, west), () -> offer(east, west));
        ward.hire("office", 2, () -> send(meeting, west, east), () -> offer(west, east));
        ward.settle();
    }

    private static void send(Meeting meeting, BlockingQueue<String> to, BlockingQueue<String> own)
            throws InterruptedException {
        to.put("first letter");
        meeting.arrive();
        to.put("second letter");
        own.take();
    }

    private static void offer(BlockingQueue<String> to, BlockingQueue<String> own) {
        to.offer("a letter");
        own.poll();
    }
}
