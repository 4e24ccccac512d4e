package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Cartographers on free desks, where each wants to see the finished map of the neighbour before he ends his own. */
final class FutureCycle implements Fault {

    @Override
    public String name() {
        return "future-cycle";
    }

    @Override
    public String about() {
        return "cartographers who each wait for the neighbour's map before they finish their own (FutureTask)";
    }

    @Override
    public Size size() {
        return Size.of("cartographers in the circle", 2, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Crew desks = ward.crew("cartographer", count + 1); // one is always free: no lack of workers
        Meeting start = ward.meeting(count);
        ward.hire(
                "editor",
                1,
                () -> new Atlas(count, start).draw(desks.pool(), false),
                () -> new Atlas(count, start).draw(desks.pool(), true));
        ward.settle(desks.threads());
        ward.settle();
    }

    private static final class Atlas {

        private final int count;
        private final Meeting everyoneHasStarted;
        private final List<Future<String>> maps = new ArrayList<>();

        Atlas(int count, Meeting everyoneHasStarted) {
            this.count = count;
            this.everyoneHasStarted = everyoneHasStarted;
        }

        /** Hands out the maps and waits for them; in the repaired atlas the first borders on nothing. */
        void draw(ExecutorService desks, boolean open) throws ExecutionException, InterruptedException {
            synchronized (maps) {
                for (int number = 0; number < count; number++) {
                    int own = number;
                    maps.add(desks.submit(() -> open && own == 0 ? "coast" : map(own)));
                }
            }
            for (Future<String> map : maps) {
                map.get();
            }
        }

        private String map(int own) throws ExecutionException, InterruptedException {
            everyoneHasStarted.arrive();
            return "border of " + neighbour(own).get();
        }

        private Future<String> neighbour(int own) {
            synchronized (maps) {
                return maps.get((own + count - 1) % count);
            }
        }
    }
}
