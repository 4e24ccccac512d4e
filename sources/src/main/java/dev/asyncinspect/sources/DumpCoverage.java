package dev.asyncinspect.sources;

import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.ThreadAttributes;
import java.util.ArrayList;
import java.util.List;

/** What one dump does not tell, and why. */
final class DumpCoverage {

    private static final String NO_LOCK_OWNERS = "the dump was made without -l";

    private final RawDump dump;
    private final boolean listsLockOwners;

    DumpCoverage(RawDump dump) {
        this.dump = dump;
        this.listsLockOwners = dump.threads.stream().anyMatch(thread -> thread.ownedSynchronizers != null);
    }

    /** Why the holders of something of this kind are not known. */
    String whyUnknown(ResourceKind kind) {
        return switch (kind) {
            case MONITOR ->
                "no thread in this dump lists it as locked: a virtual thread that is not mounted, or nobody";
            case LOCK ->
                listsLockOwners
                        ? "no thread in this dump owns it: a reader, a virtual thread, or nobody"
                        : NO_LOCK_OWNERS;
            case CLASS_INIT -> "no stack in this dump is inside its static initialiser";
            default -> "a dump does not show it";
        };
    }

    /** What the dump shows of these threads, and what it cannot. */
    Completeness completeness(List<RawThread> threads) {
        List<Gap> gaps = new ArrayList<>();
        int feature = JvmVersions.feature(dump.jvmVersion);
        if (!dump.complete) {
            gaps.add(new Gap("the end of the dump, which is cut off", "take it again"));
        }
        if (dump.isJson()) {
            gaps.add(new Gap("the threads at one instant: they were read one after another", "take a second dump"));
        } else if (!listsLockOwners) {
            gaps.add(new Gap("owners of java.util.concurrent locks", "use jcmd PID Thread.print -l"));
        }
        if (feature >= 21 && !dump.isJson()) {
            gaps.add(new Gap(
                    "virtual threads that are not mounted, and the locks they own",
                    "--attach shows them, see docs/guide/virtual-threads.md"));
        }
        gaps.add(new Gap("holders of read locks, queues of pools", "--attach shows them"));
        gaps.add(new Gap("who could still complete or signal what is waited for", "async-inspect prove tells"));
        int platform = (int) threads.stream().filter(thread -> !thread.virtual).count();
        long mounted = dump.isJson() ? 0 : threads.size() - platform;
        long total = dump.listedThreads == ThreadAttributes.NONE ? ThreadAttributes.NONE : dump.listedThreads + mounted;
        return new Completeness(threads.size(), total, gaps, !dump.complete, 0);
    }
}
