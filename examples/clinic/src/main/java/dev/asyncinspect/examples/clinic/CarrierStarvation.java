package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A mathematician on every carrier thread, and letter carriers who are ready to go but get none. */
final class CarrierStarvation implements Fault {

    private static final int LETTERS = 3;

    @Override
    public String name() {
        return "carrier-starvation";
    }

    @Override
    public String about() {
        return "as many computing virtual threads as there are carriers, and others that never run (virtual only)";
    }

    @Override
    public Size size() {
        return Size.of("carriers of the JVM", 2, 1, 100);
    }

    @Override
    public boolean needsVirtualThreads() {
        return true;
    }

    @Override
    public void start(Ward ward) {
        AtomicInteger delivered = new AtomicInteger();
        List<CountDownLatch> stamps = new ArrayList<>();
        List<Thread> letters = new ArrayList<>();
        for (int number = 1; number <= LETTERS; number++) {
            CountDownLatch stamp = new CountDownLatch(ward.healthy() ? 0 : 1);
            Work deliver = () -> {
                stamp.await();
                delivered.incrementAndGet();
            };
            stamps.add(stamp);
            letters.add(ward.hire("letter", number, deliver, deliver));
        }
        if (!ward.healthy()) {
            ward.awaitBlocked(letters);
        }
        List<Collatz> searches = Stream.generate(Collatz::new)
                .limit(VirtualThreads.fixCarriers(ward.size()))
                .toList();
        for (int i = 0; i < searches.size(); i++) {
            Collatz collatz = searches.get(i);
            ward.hire("mathematician", i + 1, collatz::search, collatz::searchSome);
        }
        if (ward.healthy()) {
            ward.settle();
        } else {
            ward.awaitProgress(searches);
            stamps.forEach(CountDownLatch::countDown);
            ward.until(
                    "letters are ready and do not go",
                    () -> delivered.get() == 0
                            && letters.stream().allMatch(letter -> letter.getState() == Thread.State.RUNNABLE));
        }
    }
}
