package dev.asyncinspect.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the JSON form of a snapshot. Stacks are written once and referred to by index, as most threads share theirs. */
final class SnapshotWriter {

    private final JsonGenerator json;
    private final Map<StackTrace, Integer> stackIndex = new HashMap<>();

    SnapshotWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Snapshot snapshot) {
        json.writeStartObject();
        json.writeNumberProperty("schemaVersion", SnapshotJson.VERSION);
        string("takenAt", snapshot.takenAt() == null ? null : snapshot.takenAt().toString());
        source(snapshot.source());
        completeness(snapshot.completeness());
        if (snapshot.carriers() != null) {
            carriers(snapshot.carriers());
        }
        stacks(snapshot.tasks());
        array("tasks", snapshot.tasks(), this::task);
        array("resources", snapshot.resources(), this::resource);
        works(snapshot.works());
        json.writeEndObject();
    }

    private void source(Source source) {
        json.writeName("source");
        json.writeStartObject();
        string("distance", source.distance().name());
        string("description", source.description());
        number("pid", source.pid());
        string("jvmVersion", source.jvmVersion());
        json.writeEndObject();
    }

    private void completeness(Completeness completeness) {
        json.writeName("completeness");
        json.writeStartObject();
        json.writeNumberProperty("threadsSeen", completeness.threadsSeen());
        number("threadsTotal", completeness.threadsTotal());
        json.writeBooleanProperty("truncated", completeness.truncated());
        json.writeNumberProperty("droppedEvents", completeness.droppedEvents());
        array("gaps", completeness.gaps(), gap -> {
            json.writeStartObject();
            string("what", gap.what());
            string("remedy", gap.remedy());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void carriers(CarrierPool carriers) {
        json.writeName("carriers");
        json.writeStartObject();
        json.writeNumberProperty("parallelism", carriers.parallelism());
        json.writeNumberProperty("poolSize", carriers.poolSize());
        json.writeNumberProperty("active", carriers.active());
        json.writeNumberProperty("queuedTasks", carriers.queuedTasks());
        json.writeNumberProperty("queuedSubmissions", carriers.queuedSubmissions());
        json.writeEndObject();
    }

    private void stacks(List<Task> tasks) {
        json.writeName("stacks");
        json.writeStartArray();
        for (Task task : tasks) {
            if (!task.stack().isEmpty() && stackIndex.putIfAbsent(task.stack(), stackIndex.size()) == null) {
                json.writeStartArray();
                task.stack().frames().forEach(this::frame);
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    private void frame(Frame frame) {
        json.writeStartObject();
        string("class", frame.className());
        string("method", frame.method());
        string("file", frame.file());
        json.writeNumberProperty("line", frame.line());
        json.writeEndObject();
    }

    private void task(Task task) {
        json.writeStartObject();
        json.writeNumberProperty("id", task.id());
        string("name", task.name());
        string("kind", task.kind().name());
        string("state", task.state().name());
        Integer stack = stackIndex.get(task.stack());
        if (stack != null) {
            json.writeNumberProperty("stack", stack);
        }
        if (task.waiting() != null) {
            waiting(task.waiting());
        }
        if (task.thread() != null) {
            thread(task.thread());
        }
        if (task.life() != null) {
            life(task.life());
        }
        json.writeEndObject();
    }

    private void life(TaskLife life) {
        json.writeName("life");
        json.writeStartObject();
        fact("parent", life.parentId(), json::writeNumber);
        fact("createdAt", life.createdAt(), this::site);
        json.writeNumberProperty("ageNanos", life.ageNanos());
        json.writeNumberProperty("polls", life.polls());
        json.writeNumberProperty("wakes", life.wakes());
        json.writeNumberProperty("selfWakes", life.selfWakes());
        fact("waker", life.wakerId(), json::writeNumber);
        json.writeNumberProperty("runningNanos", life.runningNanos());
        json.writeNumberProperty("scheduledNanos", life.scheduledNanos());
        json.writeNumberProperty("blockedNanos", life.blockedNanos());
        string("failure", life.failure());
        json.writeBooleanProperty("complete", life.complete());
        json.writeEndObject();
    }

    private void site(CodeSite site) {
        json.writeStartObject();
        string("text", site.text());
        if (site.frame() != null) {
            json.writeName("frame");
            frame(site.frame());
        }
        json.writeEndObject();
    }

    private void waiting(Wait wait) {
        AwaitSite site = wait.site();
        json.writeName("waiting");
        json.writeStartObject();
        json.writeNumberProperty("resource", wait.resourceId());
        string("mode", wait.mode().name());
        string("bound", wait.bound().name());
        if (wait.episode() != Wait.NO_EPISODE) {
            json.writeNumberProperty("episode", wait.episode());
        }
        if (!wait.waitedNanos().equals(Wait.SINCE_UNKNOWN)) {
            fact("waitedNanos", wait.waitedNanos(), json::writeNumber);
        }
        string("site", site.toString());
        string("name", site.name());
        string("callee", site.callee());
        array("ordinals", site.ordinals(), json::writeNumber);
        json.writeNumberProperty("count", site.count());
        json.writeName("frame");
        frame(site.frame());
        json.writeEndObject();
    }

    private void thread(ThreadAttributes thread) {
        json.writeName("thread");
        json.writeStartObject();
        number("threadId", thread.threadId());
        number("nativeId", thread.nativeId());
        string("state", thread.state());
        json.writeBooleanProperty("daemon", thread.daemon());
        number("cpuNanos", thread.cpuNanos());
        number("elapsedNanos", thread.elapsedNanos());
        string("container", thread.container());
        number("carrier", thread.carrierId());
        json.writeEndObject();
    }

    private void resource(Resource resource) {
        json.writeStartObject();
        json.writeNumberProperty("id", resource.id());
        string("kind", resource.kind().name());
        string("class", resource.className());
        string("identity", resource.identity());
        string("name", resource.name());
        string("needs", resource.needs().name());
        fact("holders", resource.holders(), this::holds);
        if (resource.leases() != null) {
            leases(resource.leases());
        }
        if (!resource.details().isEmpty()) {
            array("details", resource.details(), this::detail);
        }
        json.writeEndObject();
    }

    private void leases(Leases leases) {
        json.writeName("leases");
        json.writeStartObject();
        number("most", leases.most());
        json.writeNumberProperty("total", leases.total());
        json.writeNumberProperty("idle", leases.idle());
        array("taken", leases.taken(), lease -> {
            json.writeStartObject();
            fact("holders", lease.holders(), this::holds);
            string("since", lease.since() == null ? null : lease.since().toString());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void detail(Detail detail) {
        json.writeStartObject();
        string("name", detail.name());
        string("value", detail.value());
        json.writeEndObject();
    }

    private void works(Works works) {
        if (!works.pools().isEmpty()) {
            array("pools", works.pools(), this::pool);
        }
        if (!works.unstarted().isEmpty()) {
            array("unstarted", works.unstarted(), this::unstarted);
        }
        if (!works.failed().isEmpty()) {
            array("failed", works.failed(), this::failed);
        }
    }

    private void pool(WorkPool pool) {
        json.writeStartObject();
        string("class", pool.className());
        string("threadFactory", pool.threadFactory());
        array("workers", pool.workers(), json::writeNumber);
        Long queued = pool.queued();
        if (queued != null) {
            json.writeNumberProperty("queued", queued);
        }
        string("next", pool.next());
        if (!pool.signals().isEmpty()) {
            array("signals", pool.signals(), json::writeNumber);
        }
        json.writeEndObject();
    }

    private void unstarted(UnstartedWork work) {
        json.writeStartObject();
        json.writeNumberProperty("future", work.futureId());
        number("pool", work.poolId());
        string("thread", work.thread());
        string("work", work.workClass());
        json.writeEndObject();
    }

    private void failed(FailedWork work) {
        json.writeStartObject();
        json.writeBooleanProperty("periodic", work.periodic());
        string("future", work.futureClass());
        string("throwable", work.throwable());
        string("message", work.message());
        string("thrownIn", work.thrownIn());
        json.writeEndObject();
    }

    private void holds(List<Hold> holds) {
        json.writeStartArray();
        holds.forEach(this::hold);
        json.writeEndArray();
    }

    private void hold(Hold hold) {
        json.writeStartObject();
        json.writeNumberProperty("task", hold.taskId());
        string("mode", hold.mode().name());
        fact("site", hold.site(), this::frame);
        json.writeEndObject();
    }

    private <T> void fact(String name, Fact<T> fact, Consumer<? super T> value) {
        json.writeName(name);
        json.writeStartObject();
        string("provenance", fact.provenance().name());
        if (!fact.basis().isEmpty()) {
            string("basis", fact.basis());
        }
        T known = fact.orNull();
        if (known != null) {
            json.writeName("value");
            value.accept(known);
        }
        json.writeEndObject();
    }

    private <T> void array(String name, List<T> items, Consumer<? super T> item) {
        json.writeName(name);
        json.writeStartArray();
        items.forEach(item);
        json.writeEndArray();
    }

    /** A member that is left out where its value is absent. */
    private void string(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    /** A number that is left out where the source does not tell it. */
    private void number(String name, long value) {
        if (value != ThreadAttributes.NONE) {
            json.writeNumberProperty(name, value);
        }
    }
}
