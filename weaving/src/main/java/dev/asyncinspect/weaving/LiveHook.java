package dev.asyncinspect.weaving;

import dev.asyncinspect.weaving.internal.Bridge;
import dev.asyncinspect.weaving.internal.BridgeSlot;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A hook on its way: the slot it has in the bridge, and how it fares. */
final class LiveHook {

    /** So often may an action throw before it is switched off. */
    static final int MOST_FAILURES = 100;

    final Hook hook;
    final int slot;

    /** Counted by threads of the program, read by whoever shows the table. */
    private final AtomicLong failures = new AtomicLong();

    // Written by whoever weaves, under the lock of the weaver, and by the transformer; read by whoever shows the table.
    private volatile HookState.Status status = HookState.Status.PENDING;
    private volatile String detail;
    private volatile int places;
    private volatile boolean summed;

    LiveHook(Hook hook, int slot) {
        this.hook = hook;
        this.slot = slot;
        detail = hook.isWhenLoaded() ? "waits until the program loads the class" : "";
    }

    HookState state() {
        return new HookState(hook.name(), hook.where(), status, detail, places, failures.get());
    }

    boolean isPending() {
        return status == HookState.Status.PENDING;
    }

    boolean isSkipped() {
        return status == HookState.Status.SKIPPED;
    }

    void skip(String why) {
        status = HookState.Status.SKIPPED;
        detail = why;
        places = 0;
    }

    void remove() {
        if (status != HookState.Status.SKIPPED) {
            status = HookState.Status.REMOVED;
        }
    }

    void fits(int where) {
        status = HookState.Status.ON;
        places = where;
        detail = "";
        summed = false;
    }

    boolean isUnsummed() {
        return status == HookState.Status.ON && !summed;
    }

    /** What the code that it is in was summed up to. */
    void is(String fingerprint, Set<String> tested) {
        summed = true;
        if (failures.get() == 0) {
            detail = (tested.contains(hook.name() + " " + fingerprint)
                            ? "tested with this code ("
                            : "fits, but was not tested with this code (")
                    + fingerprint + ")";
        }
    }

    /** Counts a failure; true if it was one too many, so that the hook is to be switched off. */
    boolean failed(Throwable thrown) {
        long count = failures.incrementAndGet();
        if (count == 1) {
            detail = "threw " + thrown.getClass().getName();
        }
        if (count != MOST_FAILURES) {
            return false;
        }
        status = HookState.Status.DISABLED;
        return true;
    }

    void put(Bridge bridge) {
        if (status == HookState.Status.ON) {
            bridge.put(bridgeSlot(), hook.number() == null ? hook.pair() : hook.number());
        }
    }

    void take(Bridge bridge) {
        bridge.put(bridgeSlot(), null);
    }

    private BridgeSlot bridgeSlot() {
        return JdkBridge.slot(hook.number() != null, slot);
    }

    /** The number under which the bridge tells of its failures. */
    int failureNumber() {
        return JdkBridge.index(hook.number() != null, slot);
    }
}
