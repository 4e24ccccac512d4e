package dev.asyncinspect.sources;

import dev.asyncinspect.model.CarrierPool;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of one dump: who waits for what, and who holds it, as far as the dump tells. */
final class DumpSnapshot {

    private final RawDump dump;
    private final Interner interner = new Interner();
    private final ResourceTable resources = new ResourceTable();
    private final DumpWaits waits;
    private final DumpHolds holds;
    private long nextFreeId;

    private DumpSnapshot(RawDump dump, AwaitSites sites) {
        this.dump = dump;
        this.waits = new DumpWaits(resources, sites);
        this.holds = new DumpHolds(resources, waits, sites, interner);
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
                holds.note(thread);
                tasks.add(task(thread));
            }
        }
        threads.forEach(holds::add);
        DumpCoverage coverage = new DumpCoverage(dump);
        Source source = new Source(dump.form, description, dump.pid, dump.jvmVersion);
        return new Snapshot(
                dump.takenAt,
                source,
                tasks,
                resources.resources(coverage::whyUnknown),
                coverage.completeness(threads),
                carriers);
    }

    /** The VM's own threads have no Java state and no number. */
    private static boolean isJava(RawThread thread) {
        return thread.virtual || thread.id != ThreadAttributes.NONE || thread.state != null;
    }

    private Task task(RawThread thread) {
        StackTrace stack = interner.stack(thread.frames);
        TaskState state = state(thread);
        Wait wait = waits.of(thread, stack, state == TaskState.BLOCKED);
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
                wait == null ? state : TaskState.BLOCKED,
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
}
