package dev.asyncinspect.sources;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps something that must not outlive us, a file or a process, and ends it with us, whoever ends us and when.
 *
 * @param <T> what it keeps
 */
public final class ExitGuard<T> {

    /*
     * The hook is there before the thing is made, and both hold the lock of this guard: so a signal comes either before the
     * thing is made, and then it is not made any more, or after it, and then it is ended.
     */

    private final Consumer<? super T> end;
    private final Thread hook;
    private @Nullable T kept;
    private boolean ending;

    private ExitGuard(Consumer<? super T> end) {
        this.end = end;
        this.hook = new Thread(this::endAll, "async-inspect-exit-guard");
    }

    /** What makes it. */
    public interface Maker<T> {

        /** Makes it. */
        T make() throws IOException;
    }

    /** A guard that keeps nothing yet and will end what it is given so. */
    public static <T> ExitGuard<T> ending(Consumer<? super T> end) {
        ExitGuard<T> guard = new ExitGuard<>(end);
        try {
            Runtime.getRuntime().addShutdownHook(guard.hook);
        } catch (IllegalStateException e) {
            guard.ending = true;
        }
        return guard;
    }

    /**
     * Makes it and keeps it.
     *
     * @throws IOException if it cannot be made, or if we are ending already
     */
    public synchronized T keep(Maker<? extends T> maker) throws IOException {
        check();
        T made = maker.make();
        kept = made;
        return made;
    }

    /**
     * Does something with it that must not go on once we are ending.
     *
     * @throws IOException if that fails, or if we are ending already
     */
    public synchronized <R> R with(Maker<? extends R> work) throws IOException {
        check();
        return work.make();
    }

    /** It is gone, or not ours any more. */
    public void release() {
        synchronized (this) {
            kept = null;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // We are ending, and the hook finds nothing to do.
        }
    }

    private void check() throws IOException {
        if (ending) {
            throw new IOException("async-inspect is ending");
        }
    }

    private synchronized void endAll() {
        ending = true;
        if (kept != null) {
            end.accept(kept);
        }
    }
}
