package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the monitors of virtual threads that are not mounted and stand still. Only if that is asked for. */
final class MonitorReader {

    /*
     * The JDK's snapshot of a thread tells its monitors, but can crash while that thread is mounted or unmounted
     * (JDK-8364343). So the thread is kept from being mounted, in the way in which VirtualThread.getStackTrace does it:
     *
     *   PARKED, BLOCKED or WAIT ──compareAndSet──► the same | SUSPENDED ──snapshot──► back again
     *
     *   and if it was unparked, given the monitor or notified meanwhile, whoever did that could not make it runnable: then we do.
     *
     * Asked are only threads that had the same state and blocker in the sample before: those that are stuck, not those in a
     * hurry. A thread whose state changes under our hands is left alone. No bytecode is changed for this; where a JDK lacks any
     * of the members that it takes, nothing is read.
     */

    private static final String THREAD = "java.lang.VirtualThread";
    private static final String SNAPSHOT = "jdk.internal.vm.ThreadSnapshot";
    private static final int UNREAD = -1;

    private final Threads threads;
    private final @Nullable MethodHandle state;
    private final @Nullable MethodHandle changeState;
    private final @Nullable MethodHandle setState;
    private final @Nullable MethodHandle submit;
    private final @Nullable MethodHandle snapshot;
    private final @Nullable MethodHandle stack;
    private final @Nullable MethodHandle ownsAny;
    private final @Nullable MethodHandle ownedAt;
    private final @Nullable MethodHandle blockedOn;
    private final @Nullable MethodHandle waitingOn;
    private final @Nullable MethodHandle snapshotState;
    private final FieldReader parkPermit;
    private final FieldReader blockPermit;
    private final FieldReader notified;
    private final FieldReader interrupted;
    private final int parked;
    private final int blocked;
    private final int waiting;
    private final int unparked;
    private final int unblocked;
    private final int suspended;
    private Map<Long, Stand> before = new HashMap<>();

    /** Where a thread stood: its state, and the number of what it is parked for. */
    private record Stand(int state, int blockerRef) {}

    MonitorReader(JdkDoor door, Threads threads) {
        this.threads = threads;
        MethodType none = MethodType.methodType(void.class);
        state = door.method(THREAD, "state", MethodType.methodType(int.class));
        changeState =
                door.method(THREAD, "compareAndSetState", MethodType.methodType(boolean.class, int.class, int.class));
        setState = door.method(THREAD, "setState", MethodType.methodType(void.class, int.class));
        submit = door.method(THREAD, "submitRunContinuation", none);
        Class<?> type = door.type(SNAPSHOT);
        snapshot = type == null ? null : door.method(SNAPSHOT, "of", MethodType.methodType(type, Thread.class));
        stack = door.method(SNAPSHOT, "stackTrace", MethodType.methodType(StackTraceElement[].class));
        ownsAny = door.method(SNAPSHOT, "ownsMonitors", MethodType.methodType(boolean.class));
        ownedAt = door.method(SNAPSHOT, "ownedMonitorsAt", MethodType.methodType(Stream.class, int.class));
        blockedOn = door.method(SNAPSHOT, "blockedOn", MethodType.methodType(Object.class));
        waitingOn = door.method(SNAPSHOT, "waitingOn", MethodType.methodType(Object.class));
        snapshotState = door.method(SNAPSHOT, "threadState", MethodType.methodType(Thread.State.class));
        parkPermit = door.fieldIfAny(THREAD, "parkPermit");
        blockPermit = door.fieldIfAny(THREAD, "blockPermit");
        notified = door.fieldIfAny(THREAD, "notified");
        interrupted = door.fieldIfAny("java.lang.Thread", "interrupted");
        parked = door.constant(THREAD, "PARKED", UNREAD);
        blocked = door.constant(THREAD, "BLOCKED", UNREAD);
        waiting = door.constant(THREAD, "WAIT", UNREAD);
        unparked = door.constant(THREAD, "UNPARKED", UNREAD);
        unblocked = door.constant(THREAD, "UNBLOCKED", UNREAD);
        suspended = door.constant(THREAD, "SUSPENDED", UNREAD);
    }

    /** Whether this JDK has all that it takes. */
    boolean available() {
        return Stream.of(state, changeState, setState, submit, snapshot, stack, ownsAny, ownedAt, blockedOn, waitingOn)
                        .allMatch(handle -> handle != null)
                && snapshotState != null
                && Stream.of(parkPermit, blockPermit, notified, interrupted).allMatch(FieldReader::exists)
                && Stream.of(parked, blocked, waiting, unparked, unblocked, suspended)
                        .allMatch(value -> value != UNREAD);
    }

    /** Tells the monitors of those of these threads that stand as they stood the last time it was asked. */
    void read(List<Thread> all, Sample sample) {
        Map<Long, Stand> now = new HashMap<>();
        int unreadable = 0;
        for (Thread thread : all) {
            if (threads.isVirtual(thread)) {
                try {
                    Stand stand = stand(thread, sample);
                    long id = threads.id(thread);
                    now.put(id, stand);
                    if (stand.equals(before.get(id)) && isAtRest(stand.state)) {
                        read(thread, stand.state, sample);
                    }
                } catch (Throwable e) {
                    unreadable++;
                }
            }
        }
        before = now;
        if (unreadable > 0) {
            sample.notSeen("monitors of " + unreadable + " virtual threads", "reading them failed");
        }
    }

    private Stand stand(Thread thread, Sample sample) throws Throwable {
        return new Stand((int) handle(state).invoke(thread), sample.ref(LockSupport.getBlocker(thread)));
    }

    private boolean isAtRest(int is) {
        return is == parked || is == blocked || is == waiting;
    }

    private void read(Thread thread, int is, Sample sample) throws Throwable {
        if (!(boolean) handle(changeState).invoke(thread, is, is | suspended)) {
            return; // it goes on just now
        }
        Object seen;
        try {
            seen = handle(snapshot).invoke(thread);
        } finally {
            handle(setState).invoke(thread, is);
            if (wasWoken(thread, is)
                    && (boolean) handle(changeState).invoke(thread, is, is == parked ? unparked : unblocked)) {
                handle(submit).invoke(thread);
            }
        }
        if (seen != null) {
            tell(threads.id(thread), seen, sample);
        }
    }

    private boolean wasWoken(Thread thread, int is) {
        return is == parked
                ? isTrue(parkPermit, thread)
                : is == blocked ? isTrue(blockPermit, thread) : isTrue(notified, thread) || isTrue(interrupted, thread);
    }

    private static boolean isTrue(FieldReader field, Thread thread) {
        return Boolean.TRUE.equals(field.get(thread));
    }

    @SuppressWarnings("ReferenceEquality") // equals would run code of the program
    private void tell(long thread, Object seen, Sample sample) throws Throwable {
        Object awaited = null;
        switch ((Thread.State) handle(snapshotState).invoke(seen)) {
            case BLOCKED -> {
                awaited = handle(blockedOn).invoke(seen);
                if (awaited != null) {
                    sample.threadLink(awaited, Relation.BLOCKED, thread);
                }
            }
            case WAITING, TIMED_WAITING -> awaited = handle(waitingOn).invoke(seen);
            default -> {}
        }
        if (!(boolean) handle(ownsAny).invoke(seen)) {
            return;
        }
        int depth = ((StackTraceElement[]) handle(stack).invoke(seen)).length;
        for (int i = 0; i < depth; i++) {
            for (Object monitor : ((Stream<?>) handle(ownedAt).invoke(seen, i)).toArray()) {
                if (monitor != null && monitor != awaited) { // one that is waited for may be listed as still held
                    sample.threadLink(monitor, Relation.MONITOR_OWNER, thread);
                }
            }
        }
    }

    private static MethodHandle handle(@Nullable MethodHandle handle) {
        if (handle == null) {
            throw new IllegalStateException("asked though it is not available");
        }
        return handle;
    }
}
