package dev.asyncinspect.core;

import java.util.concurrent.Callable;

/** A program in a class loader of its own. */
public final class LoadedProgram implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        int result = Inspect.spawn("from the loader", () -> 5).get();
        try (TaskGuard guard = Inspect.begin("guard in the loader")) {
            Inspect.await("await in the loader", () -> 1);
            guard.complete();
        }
        return result;
    }
}
