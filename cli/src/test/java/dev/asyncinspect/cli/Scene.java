package dev.asyncinspect.cli;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A moment of a JVM, told line by line. */
final class Scene {

    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Gap OWNERS =
            new Gap("owners of java.util.concurrent locks of virtual threads", "attach to see");

    private final List<Task> tasks = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private boolean truncated;

    /** A thread that runs at this line of {@code shop.Bank}. */
    Scene runs(long id, String name, int line) {
        tasks.add(new Task(id, name, TaskKind.PLATFORM_THREAD, TaskState.RUNNING, stack(line), null, thread(id)));
        return this;
    }

    /** A virtual thread that waits at this line of {@code shop.Bank} for a resource. */
    Scene waits(long id, String name, int line, long resourceId) {
        AwaitSite site = new AwaitSite(at(line), "synchronized", List.of(2), 2);
        return waits(id, name, site, resourceId);
    }

    Scene waits(long id, String name, AwaitSite site, long resourceId) {
        tasks.add(new Task(
                id,
                name,
                TaskKind.VIRTUAL_THREAD,
                TaskState.BLOCKED,
                stack(site.frame().line()),
                new Wait(resourceId, site, AccessMode.EXCLUSIVE, Bound.UNBOUNDED),
                thread(id)));
        return this;
    }

    /** A monitor held by a task since this line, which is negative if it is not known. */
    Scene monitor(long id, @Nullable String name, long holder, int line) {
        Fact<Frame> site = line < 0 ? Fact.unknown("no class file of shop.Bank") : Fact.inferred(at(line), "bytecode");
        return resource(
                id, ResourceKind.MONITOR, name, Fact.observed(List.of(new Hold(holder, AccessMode.EXCLUSIVE, site))));
    }

    Scene resource(long id, ResourceKind kind, @Nullable String name, Fact<List<Hold>> holders) {
        resources.add(new Resource(id, kind, "shop.Account", "1b2c0" + id, name, Resource.Needs.ALL_HOLDERS, holders));
        return this;
    }

    Scene truncated() {
        truncated = true;
        return this;
    }

    Snapshot at(Instant time) {
        return new Snapshot(
                time,
                new Source(Source.Distance.TEXT_DUMP, "pid 4711 (java app.jar)", 4711, "25.0.3"),
                tasks,
                resources,
                new Completeness(tasks.size(), tasks.size(), List.of(OWNERS), truncated, 0));
    }

    /** The same state in two samples, a quarter of a second apart. */
    History twice() {
        return History.of(at(NOON), at(NOON.plusMillis(250)));
    }

    History once() {
        return History.of(at(NOON));
    }

    static Frame at(int line) {
        return new Frame("shop.Bank", "transfer", "Bank.java", line);
    }

    private static StackTrace stack(int line) {
        return StackTrace.of(List.of(
                new Frame("jdk.internal.misc.Unsafe", "park", null, Frame.LINE_NATIVE),
                at(line),
                new Frame("shop.Main", "lambda$main$0", "Main.java", 7)));
    }

    private static ThreadAttributes thread(long id) {
        return new ThreadAttributes(
                id, 100 + id, "WAITING", true, id * 1_000_000, 60_000_000_000L + id, null, ThreadAttributes.NONE);
    }

    /** Two transfers in opposite order, three more behind them, and one thread that is fine. */
    static Scene bank() {
        Scene scene = new Scene()
                .waits(12, "transfer-1", 34, 2)
                .waits(13, "transfer-2", 55, 1)
                .monitor(1, "accountA", 12, 31)
                .monitor(2, "accountB", 13, 52);
        for (int id = 21; id <= 25; id++) {
            scene.waits(id, "clerk-" + id, 61, 2);
        }
        return scene.runs(30, "main", 90);
    }

    /** Nobody waits for anybody. */
    static Scene calm() {
        return new Scene().runs(1, "main", 90).runs(2, "pool-1-thread-1", 91).runs(3, "pool-1-thread-2", 91);
    }
}
