package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.sources.RawThread.LockLine;
import dev.asyncinspect.sources.RawThread.Verb;
import org.jspecify.annotations.Nullable;

/** What the threads of one dump wait for, where, and with which bound. */
final class DumpWaits {

    private final ResourceTable resources;
    private final AwaitSites sites;
    private final StackKinds kinds = new StackKinds();

    DumpWaits(ResourceTable resources, AwaitSites sites) {
        this.resources = resources;
        this.sites = sites;
    }

    /**
     * The wait of this thread; null if it does not wait.
     *
     * @param blocked whether its state says that it does
     */
    @Nullable
    Wait of(RawThread thread, StackTrace stack, boolean blocked) {
        Frame top = stack.top();
        if (top == null) {
            return null;
        }
        LockLine line = thread.waitLine();
        if (line == null && !blocked) {
            return WaitKinds.isBlockingNative(top)
                    ? wait(resources.anonymous(ResourceKind.IO, null), stack, thread, AccessMode.EXCLUSIVE)
                    : null;
        }
        AccessMode mode = kinds.mode(stack);
        if (line == null) {
            ResourceKind kind = "BLOCKED".equals(thread.state) ? ResourceKind.MONITOR : kinds.of(stack);
            return wait(resources.anonymous(kind, null), stack, thread, mode);
        }
        return wait(resource(line, stack), stack, thread, mode);
    }

    private Wait wait(long resource, StackTrace stack, RawThread thread, AccessMode mode) {
        AwaitSite site = site(stack, thread);
        Frame top = thread.frames.get(0);
        return new Wait(resource, site == null ? AwaitSite.lineOnly(top, top.method()) : site, mode, bound(thread));
    }

    private @Nullable AwaitSite site(StackTrace stack, RawThread thread) {
        LockLine line = thread.waitLine();
        if (line != null && line.verb() == Verb.CLASS_INIT) {
            return sites.classInitSite(stack);
        }
        boolean monitor = line == null ? "BLOCKED".equals(thread.state) : line.verb() == Verb.WAITING_TO_LOCK;
        boolean byTheJvm = thread.frames.get(0).line() == Frame.LINE_NATIVE; // as where it loads a class
        return monitor && !byTheJvm ? sites.monitorSite(stack, thread.monitorsAt(0)) : sites.callSite(stack);
    }

    private static Bound bound(RawThread thread) {
        if (thread.state == null) {
            LockLine line = thread.waitLine();
            boolean noTimeout = line != null && (line.verb() == Verb.WAITING_TO_LOCK || line.verb() == Verb.CLASS_INIT);
            return noTimeout ? Bound.UNBOUNDED : Bound.UNKNOWN;
        }
        return switch (thread.state) {
            case "TIMED_WAITING" -> Bound.TIMED;
            case "WAITING", "BLOCKED" -> Bound.UNBOUNDED;
            default ->
                thread.waitLine() == null ? Bound.UNKNOWN : Bound.UNBOUNDED; // class initialisation has no timeout
        };
    }

    /** What this line of a thread with this stack speaks of. */
    long resource(LockLine line, StackTrace stack) {
        if (line.verb() == Verb.CLASS_INIT) {
            return resources.classInit(line.className());
        }
        ResourceKind kind = switch (line.verb()) {
            case WAITING_TO_LOCK, RELOCKING -> ResourceKind.MONITOR;
            case WAITING_ON -> waitingOn(stack);
            default -> kinds.of(stack);
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

    private ResourceKind waitingOn(StackTrace stack) {
        ResourceKind kind = kinds.of(stack);
        return kind == ResourceKind.UNKNOWN ? ResourceKind.CONDITION : kind;
    }
}
