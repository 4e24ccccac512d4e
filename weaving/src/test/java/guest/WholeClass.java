package guest;

import dev.asyncinspect.core.Trace;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/** A class all of whose methods are told by name; its constructor is not. */
@Trace
public class WholeClass {

    private final Mutex mutex = new Mutex();
    private final int made;

    public WholeClass(Future<Integer> made) throws Exception {
        this.made = made.get();
    }

    public int locked() {
        mutex.lock();
        try {
            return made;
        } finally {
            mutex.unlock();
        }
    }

    public Callable<Integer> later(Future<Integer> future) {
        return () -> future.get();
    }

    /** Its lock() is that of a class of the JDK, though the call names this one. */
    static final class Mutex extends ReentrantLock {
        private static final long serialVersionUID = 1L;
    }
}
