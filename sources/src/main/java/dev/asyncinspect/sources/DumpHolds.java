package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.sources.RawThread.LockLine;
import dev.asyncinspect.sources.RawThread.Verb;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the threads of one dump hold: monitors, locks, classes that they initialise. */
final class DumpHolds {

    private final ResourceTable resources;
    private final DumpWaits waits;
    private final AwaitSites sites;
    private final Interner interner;
    private final Map<String, RawThread> initialisers = new HashMap<>();
    private final Map<Long, RawThread> byId = new HashMap<>();

    DumpHolds(ResourceTable resources, DumpWaits waits, AwaitSites sites, Interner interner) {
        this.resources = resources;
        this.waits = waits;
        this.sites = sites;
        this.interner = interner;
    }

    /** Notes who a thread is and which classes it initialises: another thread may wait for it. */
    void note(RawThread thread) {
        byId.put(thread.id, thread);
        for (Frame frame : thread.frames) {
            if (frame.method().equals("<clinit>")) {
                initialisers.putIfAbsent(frame.className(), thread);
            }
        }
    }

    /** Adds what this thread holds. Every thread of the dump must have been {@link #note noted} before. */
    void add(RawThread thread) {
        Set<String> notOwned = releasedWhileWaiting(thread);
        Map<Long, Hold> monitors = new LinkedHashMap<>();
        int depth = -1;
        int nth = 0;
        for (LockLine line : thread.locks) {
            if (line.verb() == Verb.LOCKED && line.identity() != null && !notOwned.contains(line.identity())) {
                nth = line.depth() == depth ? nth + 1 : 0;
                depth = line.depth();
                StackTrace stack = interner.stack(thread.frames);
                Fact<Frame> site = sites.monitorEnteredAt(stack, depth, nth, thread.monitorsAt(depth));
                // Of a monitor that is held several times the outermost entry counts: it comes last and replaces the
                // others.
                monitors.put(
                        resources.object(ResourceKind.MONITOR, line.className(), line.identity()),
                        new Hold(thread.id, AccessMode.EXCLUSIVE, site));
            }
        }
        monitors.forEach(resources::held);
        addOwnedSynchronizers(thread);
        addBlockerOwner(thread);
        addClassInit(thread);
    }

    private void addOwnedSynchronizers(RawThread thread) {
        if (thread.ownedSynchronizers == null) {
            return;
        }
        for (LockLine line : thread.ownedSynchronizers) {
            if (line.identity() != null) {
                ResourceKind kind = line.className().contains("ReentrantReadWriteLock")
                        ? ResourceKind.READ_WRITE_LOCK
                        : ResourceKind.LOCK;
                Fact<Frame> site =
                        sites.lockAcquiredAt(interner.stack(thread.frames), line.className(), AccessMode.EXCLUSIVE);
                long id = resources.object(kind, line.className(), line.identity());
                resources.held(id, new Hold(thread.id, AccessMode.EXCLUSIVE, site));
            }
        }
    }

    /** Newer JSON dumps name the owner of the lock that a thread is parked for. */
    private void addBlockerOwner(RawThread thread) {
        LockLine line = thread.waitLine();
        RawThread owner = thread.blockerOwner == ThreadAttributes.NONE ? null : byId.get(thread.blockerOwner);
        if (line != null && line.identity() != null && owner != null) {
            long id = waits.resource(line, interner.stack(thread.frames));
            Fact<Frame> site =
                    sites.lockAcquiredAt(interner.stack(owner.frames), line.className(), AccessMode.EXCLUSIVE);
            resources.heldOnce(id, new Hold(owner.id, AccessMode.EXCLUSIVE, site));
        }
    }

    private void addClassInit(RawThread thread) {
        LockLine waits = thread.waitLine();
        String awaited = waits != null && waits.verb() == Verb.CLASS_INIT ? waits.className() : "";
        for (Frame frame : thread.frames) {
            String name = frame.className();
            if (frame.method().equals("<clinit>") && thread.equals(initialisers.get(name)) && !name.equals(awaited)) {
                long id = resources.classInit(name);
                resources.held(id, new Hold(thread.id, AccessMode.EXCLUSIVE, Fact.observed(frame)));
            }
        }
    }

    /**
     * The monitors that a thread lists as locked and does not own: it waits in {@code Object.wait} or to enter again
     * (JDK-8361926). Where the dump hides on which object it waits, that is taken to be the innermost one listed.
     */
    private static Set<String> releasedWhileWaiting(RawThread thread) {
        Set<String> released = new HashSet<>();
        boolean hidden = false;
        for (LockLine line : thread.locks) {
            if (line.verb() == Verb.LOCKED) {
                if (hidden && line.identity() != null) {
                    released.add(line.identity());
                    hidden = false;
                }
            } else if (line.identity() == null) {
                hidden = line.verb() == Verb.WAITING_ON || line.verb() == Verb.RELOCKING;
            } else {
                released.add(line.identity());
            }
        }
        return released;
    }
}
