package dev.asyncinspect.examples.clinic;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A clerk with a full tray, who alone takes from it and wants to put two letters into it for each that he takes. */
final class SelfDeadlockQueue implements Fault {

    @Override
    public String name() {
        return "self-deadlock-queue";
    }

    @Override
    public String about() {
        return "clerks who put into a full queue that only they themselves take from (ArrayBlockingQueue)";
    }

    @Override
    public Size size() {
        return Size.of("clerks", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        for (int number = 1; number <= ward.size(); number++) {
            ward.hire("clerk", number, () -> new Tray().work(2), () -> new Tray().work(1));
        }
        ward.settle();
    }

    private static final class Tray {

        private final BlockingQueue<String> letters = new ArrayBlockingQueue<>(1);

        /** Repaired: no more is put in than was taken out. */
        void work(int answers) throws InterruptedException {
            letters.put("a question");
            letters.take();
            for (int answer = 0; answer < answers; answer++) {
                letters.put("an answer");
            }
        }
    }
}
