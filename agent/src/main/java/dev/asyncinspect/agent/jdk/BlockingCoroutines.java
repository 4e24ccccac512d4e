package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Reads what a thread in Kotlin's {@code runBlocking} waits at: whether anything of its own may end the wait. */
final class BlockingCoroutines implements ObjectReader {

    /*
     * runBlocking parks for the longest time there is, or until the next delayed task of its own event loop is due. So a thread in
     * it looks as if it waited for a time. If the loop has nothing queued and nothing delayed, only somebody else can end the wait.
     */

    private static final String CLASS = "kotlinx.coroutines.BlockingCoroutine";

    private final ObjectFields fields;

    BlockingCoroutines(ObjectFields fields) {
        this.fields = fields;
    }

    /** Whether a thread that parks at this waits for the end of a coroutine. */
    static boolean isOne(Object blocker) {
        return blocker.getClass().getName().equals(CLASS);
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (!isOne(object)) {
            return false;
        }
        Object loop = fields.value(object, "eventLoop");
        if (loop != null) {
            sample.number(object, Relation.TIMED, isIdle(loop) ? 0 : 1);
        }
        return true;
    }

    private boolean isIdle(Object loop) {
        boolean readable = atomic(loop, "_isCompleted") != null; // is always there
        return readable && isEmpty(atomic(loop, "_queue")) && isWithoutDelayed(atomic(loop, "_delayed"));
    }

    private boolean isWithoutDelayed(@Nullable Object delayed) {
        return delayed == null || (atomic(delayed, "_size") instanceof Integer size && size == 0);
    }

    /** Nothing at first, then one task, then a queue of them. */
    private boolean isEmpty(@Nullable Object queue) {
        if (queue == null) {
            return true;
        }
        if (!(fields.value(queue, "array") instanceof AtomicReferenceArray<?> slots)) {
            return false;
        }
        for (int i = 0; i < slots.length(); i++) {
            if (slots.get(i) != null) {
                return false;
            }
        }
        return true;
    }

    /** Kotlin's compiler gives atomic fields another name from one version on. */
    private @Nullable Object atomic(Object object, String name) {
        Object value = fields.value(object, name + "$volatile");
        return value == null ? fields.value(object, name) : value;
    }
}
