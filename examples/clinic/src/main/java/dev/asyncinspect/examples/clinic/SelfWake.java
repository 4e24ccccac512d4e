package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Children in the back of a car who ask again and again whether they are there, instead of waiting to be told. */
final class SelfWake implements Fault {

    /** After so many questions in a row even a child has to breathe. */
    private static final int QUESTIONS = 20;

    private static final int ENOUGH = 200;
    private static final long BREATH_MILLIS = 10;

    @Override
    public String name() {
        return "self-wake";
    }

    @Override
    public String about() {
        return "children who look again and again (Thread.yield) instead of waiting, which a recording shows (virtual only)";
    }

    @Override
    public Size size() {
        return Size.of("children", 1, 1, 8);
    }

    @Override
    public boolean needsVirtualThreads() {
        return true;
    }

    @Override
    public void start(Ward ward) {
        CountDownLatch told = new CountDownLatch(1);
        AtomicBoolean there = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        for (int number = 1; number <= ward.size(); number++) {
            ward.start("child", number, ward.healthy() ? told::await : () -> ask(there, asked));
        }
        if (!ward.healthy()) {
            ward.until("a child has asked often", () -> asked.get() > ENOUGH);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // to give way again and again is the fault
    private static void ask(AtomicBoolean there, AtomicInteger asked) throws InterruptedException {
        while (!there.get()) {
            for (int i = 0; i < QUESTIONS; i++) {
                asked.incrementAndGet();
                Thread.yield();
            }
            TimeUnit.MILLISECONDS.sleep(BREATH_MILLIS);
        }
    }
}
