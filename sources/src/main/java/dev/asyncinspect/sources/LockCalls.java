package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which locks of {@code java.util.concurrent} a method has taken and not released when it stands at some instruction. */
final class LockCalls {

    /*
     * A walk over the calls before that instruction, in the order of the bytecode: lock() opens, unlock() closes the last
     * opened. Code of exception handlers is not on the way and is passed over, so the usual try-finally is read right. Which
     * object a call is made on is not known: where several remain open, the caller must say so.
     */

    private static final String LOCKS = "java.util.concurrent.locks.";
    private static final Set<String> LOCK_TYPES = Set.of(LOCKS + "Lock");
    private static final Set<String> STAMPED = Set.of(LOCKS + "StampedLock");

    /** The half of a lock that a call takes, as far as the code tells. */
    enum Half {
        PLAIN,
        READ,
        WRITE,
        STAMPED_READ,
        STAMPED_WRITE
    }

    /**
     * A call that took a lock.
     *
     * @param line its line
     * @param half which half
     */
    record Taken(int line, Half half) {

        /** Whether this call can have taken a lock of this class in this mode. */
        boolean fits(String lockClassName, AccessMode mode) {
            if (lockClassName.startsWith(LOCKS + "StampedLock")) {
                return half == (mode == AccessMode.SHARED ? Half.STAMPED_READ : Half.STAMPED_WRITE);
            }
            if (lockClassName.startsWith(LOCKS + "ReentrantReadWriteLock")) {
                return half == (mode == AccessMode.SHARED ? Half.READ : Half.WRITE);
            }
            return half == Half.PLAIN;
        }
    }

    private final BlockingCalls types;

    LockCalls(BlockingCalls types) {
        this.types = types;
    }

    /** The locks taken before a position and not released. */
    List<Taken> openAt(MethodCode method, int position) {
        List<Taken> open = new ArrayList<>();
        String before = "";
        for (MethodCode.Instruction call : method.instructions) {
            if (call.position() >= position) {
                break;
            }
            if (call.kind() == MethodCode.Kind.CALL && !call.inHandler()) {
                step(call, before, open);
                before = call.name();
            }
        }
        return open;
    }

    private void step(MethodCode.Instruction call, String before, List<Taken> open) {
        String owner = call.owner();
        switch (call.name()) {
            case "lock", "lockInterruptibly", "tryLock" -> {
                if (types.isOneOf(owner, LOCK_TYPES)) {
                    open.add(new Taken(call.line(), half(owner, before)));
                }
            }
            case "unlock" -> {
                if (!open.isEmpty() && types.isOneOf(owner, LOCK_TYPES)) {
                    open.remove(open.size() - 1);
                }
            }
            case "readLock", "writeLock" -> {
                if (types.isOneOf(owner, STAMPED)) {
                    open.add(new Taken(
                            call.line(), call.name().equals("readLock") ? Half.STAMPED_READ : Half.STAMPED_WRITE));
                }
            }
            case "unlockRead", "unlockWrite" -> {
                if (!open.isEmpty() && types.isOneOf(owner, STAMPED)) {
                    open.remove(open.size() - 1);
                }
            }
            default -> {
                // does not concern locks
            }
        }
    }

    /** {@code rw.readLock().lock()} is told by the call before it, a variable of the half's own type by its class. */
    private static Half half(String owner, String before) {
        if (owner.endsWith("$ReadLock") || before.equals("readLock")) {
            return Half.READ;
        }
        return owner.endsWith("$WriteLock") || before.equals("writeLock") ? Half.WRITE : Half.PLAIN;
    }
}
