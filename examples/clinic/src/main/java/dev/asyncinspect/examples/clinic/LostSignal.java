package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CountDownLatch;

/** A guide who waits until the porter has brought the bags, and a porter who has gone home in between. */
final class LostSignal implements Fault {

    @Override
    public String name() {
        return "lost-signal";
    }

    @Override
    public String about() {
        return "a guide who waits for a porter that has gone home without a word (CountDownLatch)";
    }

    @Override
    public Size size() {
        return Size.of("guides", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        for (int number = 1; number <= ward.size(); number++) {
            int guide = number;
            ward.hire("guide", number, () -> tour(ward, guide, false), () -> tour(ward, guide, true));
        }
        ward.settle();
    }

    private static void tour(Ward ward, int guide, boolean careful) throws InterruptedException {
        CountDownLatch bags = new CountDownLatch(1);
        Thread porter = ward.start("porter", guide, () -> new Porter(bags).carry(careful));
        porter.join();
        bags.await();
    }

    private record Porter(CountDownLatch bags) {

        /** The careful porter signals whatever happens. */
        void carry(boolean careful) {
            boolean arrived = false;
            try {
                arrived = isLight();
            } finally {
                if (arrived || careful) {
                    bags.countDown();
                }
            }
        }

        private static boolean isLight() {
            return false;
        }
    }
}
