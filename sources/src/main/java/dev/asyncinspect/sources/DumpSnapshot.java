package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.CarrierPool;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.sources.RawThread.LockLine;
import dev.asyncinspect.sources.RawThread.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of one dump: who waits for what, and who holds it, as far as the dump tells. */
final class DumpSnapshot {

    private static final String NO_LOCK_OWNERS = "the dump was made without -l";

    private final RawDump dump;
    private final AwaitSites sites;
    private final Interner interner = new Interner();
    private final ResourceTable resources = new ResourceTable();
    private final Map<String, RawThread> initialisers = new HashMap<>();
    private final Map<Long, RawThread> byId = new HashMap<>();
    private long nextFreeId;

    private DumpSnapshot(RawDump dump, AwaitSites sites) {
        this.dump = dump;
        this.sites = sites;
    }

    static Snapshot of(RawDump dump, String description, @Nullable CarrierPool carriers, AwaitSites sites) {
        Snapshot stated = new DumpSnapshot(dump, sites).snapshot(description, carriers);
        return ReadLockUpgrades.inferredIn(ClassInitHolders.inferredIn(stated, sites.classes()), sites);
    }

    private Snapshot snapshot(String description, @Nullable CarrierPool carriers) {
        List<RawThread> threads =
                dump.threads.stream().filter(DumpSnapshot::isJava).toList();
        for (RawThread thread : threads) {
            nextFreeId = Math.max(nextFreeId, thread.id);
        }
        Set<Long> seen = new HashSet<>();
        List<Task> tasks = new ArrayList<>(threads.size());
        for (RawThread thread : threads) {
            if (thread.id == ThreadAttributes.NONE) {
                thread.id = ++nextFreeId;
            }
            if (seen.add(thread.id)) {
                byId.put(thread.id, thread);
                findInitialisers(thread);
                tasks.add(task(thread));
            }
        }
        for (RawThread thread : threads) {
            addHolds(thread);
        }
        Source source = new Source(dump.form, description, dump.pid, dump.jvmVersion);
        return new Snapshot(
                dump.takenAt, source, tasks, resources.resources(this::whyUnknown), completeness(threads), carriers);
    }

    /** The VM's own threads have no Java state and no number. */
    private static boolean isJava(RawThread thread) {
        return thread.virtual || thread.id != ThreadAttributes.NONE || thread.state != null;
    }

    private void findInitialisers(RawThread thread) {
        for (Frame frame : thread.frames) {
            if (frame.method().equals("<clinit>")) {
                initialisers.putIfAbsent(frame.className(), thread);
            }
        }
    }

    private Task task(RawThread thread) {
        StackTrace stack = interner.stack(thread.frames);
        Wait wait = waiting(thread, stack);
        ThreadAttributes attributes = new ThreadAttributes(
                thread.id,
                thread.nativeId,
                thread.state,
                thread.daemon,
                thread.cpuNanos,
                thread.elapsedNanos,
                thread.container,
                thread.virtual ? thread.mountedId : ThreadAttributes.NONE);
        return new Task(
                thread.id,
                thread.name,
                thread.virtual ? TaskKind.VIRTUAL_THREAD : TaskKind.PLATFORM_THREAD,
                wait == null ? state(thread) : TaskState.BLOCKED,
                stack,
                wait,
                attributes);
    }

    private TaskState state(RawThread thread) {
        if (thread.state == null && dump.isJson()) {
            return StuckFrames.isWaiting(thread.frames) ? TaskState.BLOCKED : TaskState.UNKNOWN;
        }
        if (thread.state == null || thread.state.equals("RUNNABLE")) {
            return TaskState.RUNNING;
        }
        return switch (thread.state) {
            case "NEW" -> TaskState.PENDING;
            case "TERMINATED" -> TaskState.COMPLETED;
            default -> TaskState.BLOCKED;
        };
    }

    private @Nullable Wait waiting(RawThread thread, StackTrace stack) {
        Frame top = stack.top();
        if (top == null) {
            return null;
        }
        LockLine line = waitLine(thread);
        if (line == null && state(thread) != TaskState.BLOCKED) {
            return WaitKinds.isBlockingNative(top)
                    ? wait(resources.anonymous(ResourceKind.IO, null), stack, thread, AccessMode.EXCLUSIVE)
                    : null;
        }
        AccessMode mode = WaitKinds.mode(thread.frames);
        if (line == null) {
            ResourceKind kind = "BLOCKED".equals(thread.state) ? ResourceKind.MONITOR : WaitKinds.of(thread.frames);
            return wait(resources.anonymous(kind, null), stack, thread, mode);
        }
        return wait(resource(thread, line), stack, thread, mode);
    }

    private Wait wait(long resource, StackTrace stack, RawThread thread, AccessMode mode) {
        AwaitSite site = site(stack, thread);
        Frame top = thread.frames.get(0);
        return new Wait(resource, site == null ? AwaitSite.lineOnly(top, top.method()) : site, mode, bound(thread));
    }

    private @Nullable AwaitSite site(StackTrace stack, RawThread thread) {
        LockLine line = waitLine(thread);
        if (line != null && line.verb() == Verb.CLASS_INIT) {
            return sites.classInitSite(stack);
        }
        boolean monitor = line == null ? "BLOCKED".equals(thread.state) : line.verb() == Verb.WAITING_TO_LOCK;
        return monitor ? sites.monitorSite(stack, monitorsAt(thread, 0)) : sites.callSite(stack);
    }

    private static Bound bound(RawThread thread) {
        if (thread.state == null) {
            LockLine line = waitLine(thread);
            return line != null && line.verb() == Verb.WAITING_TO_LOCK ? Bound.UNBOUNDED : Bound.UNKNOWN;
        }
        return switch (thread.state) {
            case "TIMED_WAITING" -> Bound.TIMED;
            case "WAITING", "BLOCKED" -> Bound.UNBOUNDED;
            default ->
                waitLine(thread) == null ? Bound.UNKNOWN : Bound.UNBOUNDED; // class initialisation has no timeout
        };
    }

    private static @Nullable LockLine waitLine(RawThread thread) {
        for (LockLine line : thread.locks) {
            if (line.verb() != Verb.LOCKED) {
                return line;
            }
        }
        return null;
    }

    private long resource(RawThread thread, LockLine line) {
        if (line.verb() == Verb.CLASS_INIT) {
            return resources.classInit(line.className());
        }
        ResourceKind kind = switch (line.verb()) {
            case WAITING_TO_LOCK, RELOCKING -> ResourceKind.MONITOR;
            case WAITING_ON -> waitingOn(thread);
            default -> WaitKinds.of(thread.frames);
        };
        String identity = line.identity();
        return identity == null
                ? resources.anonymous(kind, line.className())
                : resources.object(kind, line.className(), identity(kind, identity));
    }

    /** The wait set of an object is another thing than its monitor: who owns the one says nothing of the other. */
    private static String identity(ResourceKind kind, String address) {
        return kind == ResourceKind.CONDITION || kind == ResourceKind.THREAD_END ? address + " wait set" : address;
    }

    private static ResourceKind waitingOn(RawThread thread) {
        ResourceKind kind = WaitKinds.of(thread.frames);
        return kind == ResourceKind.UNKNOWN ? ResourceKind.CONDITION : kind;
    }

    private void addHolds(RawThread thread) {
        Set<String> notOwned = releasedWhileWaiting(thread);
        Map<Long, Hold> monitors = new LinkedHashMap<>();
        int depth = -1;
        int nth = 0;
        for (LockLine line : thread.locks) {
            if (line.verb() == Verb.LOCKED && line.identity() != null && !notOwned.contains(line.identity())) {
                nth = line.depth() == depth ? nth + 1 : 0;
                depth = line.depth();
                StackTrace stack = interner.stack(thread.frames);
                Fact<Frame> site = sites.monitorEnteredAt(stack, depth, nth, monitorsAt(thread, depth));
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
        LockLine line = waitLine(thread);
        RawThread owner = thread.blockerOwner == ThreadAttributes.NONE ? null : byId.get(thread.blockerOwner);
        if (line != null && line.identity() != null && owner != null) {
            long id = resource(thread, line);
            Fact<Frame> site =
                    sites.lockAcquiredAt(interner.stack(owner.frames), line.className(), AccessMode.EXCLUSIVE);
            resources.heldOnce(id, new Hold(owner.id, AccessMode.EXCLUSIVE, site));
        }
    }

    private void addClassInit(RawThread thread) {
        LockLine waits = waitLine(thread);
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

    private static int monitorsAt(RawThread thread, int depth) {
        int count = 0;
        for (LockLine line : thread.locks) {
            if (line.verb() == Verb.LOCKED && line.depth() == depth) {
                count++;
            }
        }
        return count;
    }

    private String whyUnknown(ResourceKind kind) {
        return switch (kind) {
            case MONITOR ->
                "no thread in this dump lists it as locked: a virtual thread that is not mounted, or nobody";
            case LOCK ->
                listsLockOwners()
                        ? "no thread in this dump owns it: a reader, a virtual thread, or nobody"
                        : NO_LOCK_OWNERS;
            case CLASS_INIT -> "no stack in this dump is inside its static initialiser";
            default -> "a dump does not show it";
        };
    }

    private boolean listsLockOwners() {
        return dump.threads.stream().anyMatch(thread -> thread.ownedSynchronizers != null);
    }

    private Completeness completeness(List<RawThread> threads) {
        List<Gap> gaps = new ArrayList<>();
        int feature = JvmVersions.feature(dump.jvmVersion);
        if (!dump.complete) {
            gaps.add(new Gap("the end of the dump, which is cut off", "take it again"));
        }
        if (dump.isJson()) {
            gaps.add(new Gap("the threads at one instant: they were read one after another", "take a second dump"));
        } else if (!listsLockOwners()) {
            gaps.add(new Gap("owners of java.util.concurrent locks", "use jcmd PID Thread.print -l"));
        }
        if (feature >= 21 && !dump.isJson()) {
            gaps.add(new Gap(
                    "virtual threads that are not mounted, and the locks they own",
                    "a JSON dump shows them: docs/guide/virtual-threads.md"));
        }
        gaps.add(new Gap("holders of permits and read locks, queues of pools", "no dump shows them"));
        int platform = (int) threads.stream().filter(thread -> !thread.virtual).count();
        long mounted = dump.isJson() ? 0 : threads.size() - platform;
        long total = dump.listedThreads == ThreadAttributes.NONE ? ThreadAttributes.NONE : dump.listedThreads + mounted;
        return new Completeness(threads.size(), total, gaps, !dump.complete, 0);
    }
}
