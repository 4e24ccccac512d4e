package dev.asyncinspect.examples.clinic;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** A genealogist who works out whom somebody descends from, and comes in the line of ancestors to the same person again. */
final class FutureCycleCache implements Fault {

    /** A cache that everybody reaches. */
    private static final Map<String, CompletableFuture<Integer>> GENERATIONS = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "future-cycle-cache";
    }

    @Override
    public String about() {
        return "genealogists whose cache waits for the very entry that it is loading (CompletableFuture)";
    }

    @Override
    public Size size() {
        return Size.of("genealogists", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        Crew archive = ward.crew("genealogist", ward.size());
        for (int number = 1; number <= ward.size(); number++) {
            String person = "person-" + number;
            // Repaired: the line of ancestors does not lead back.
            String parent = ward.healthy() ? "Adam" : person;
            ward.hire(
                    "heir",
                    number,
                    () -> generation(person, parent, archive.pool()).join(),
                    () -> generation(person, parent, archive.pool()).join());
        }
        ward.settle(archive.threads());
        ward.settle();
    }

    private static CompletableFuture<Integer> generation(String person, String parent, Executor archive) {
        return GENERATIONS.computeIfAbsent(
                person,
                p -> CompletableFuture.supplyAsync(
                        () -> parent.equals("Adam")
                                ? 1
                                : 1 + generation(parent, parent, archive).join(),
                        archive));
    }
}
