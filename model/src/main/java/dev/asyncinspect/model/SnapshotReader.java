package dev.asyncinspect.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of its JSON form. */
final class SnapshotReader {

    private final List<StackTrace> stacks = new ArrayList<>();

    private SnapshotReader() {}

    static Snapshot snapshot(JsonTree json) {
        long version = json.requiredNumber("schemaVersion");
        if (version > SnapshotJson.VERSION) {
            throw new IllegalArgumentException(
                    "it has schema version " + version + ", which needs a newer async-inspect");
        }
        return new SnapshotReader().read(json);
    }

    private Snapshot read(JsonTree json) {
        for (List<JsonTree> frames : json.childLists("stacks")) {
            stacks.add(StackTrace.of(frames.stream().map(SnapshotReader::frame).toList()));
        }
        return new Snapshot(
                instant("takenAt", json.string("takenAt")),
                source(json.requiredChild("source")),
                json.children("tasks").stream().map(this::task).toList(),
                json.children("resources").stream()
                        .map(SnapshotReader::resource)
                        .toList(),
                completeness(json.requiredChild("completeness")),
                carriers(json.child("carriers")),
                new Works(
                        json.children("pools").stream()
                                .map(SnapshotReader::pool)
                                .toList(),
                        json.children("unstarted").stream()
                                .map(SnapshotReader::unstarted)
                                .toList(),
                        json.children("failed").stream()
                                .map(SnapshotReader::failed)
                                .toList()));
    }

    private static WorkPool pool(JsonTree json) {
        long queued = json.number("queued");
        return new WorkPool(
                json.requiredString("class"),
                json.string("threadFactory"),
                json.numbers("workers"),
                queued == ThreadAttributes.NONE ? null : queued,
                json.string("next"),
                json.numbers("signals"));
    }

    private static UnstartedWork unstarted(JsonTree json) {
        return new UnstartedWork(
                json.requiredNumber("future"), json.number("pool"), json.string("thread"), json.string("work"));
    }

    private static FailedWork failed(JsonTree json) {
        return new FailedWork(
                json.flag("periodic"),
                json.requiredString("future"),
                json.requiredString("throwable"),
                json.string("message"),
                json.string("thrownIn"));
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + name + "' is no time: " + text, e);
        }
    }

    private static Source source(JsonTree json) {
        return new Source(
                json.constant("distance", Source.Distance.class),
                json.requiredString("description"),
                json.number("pid"),
                json.string("jvmVersion"));
    }

    private static Completeness completeness(JsonTree json) {
        List<Gap> gaps = json.children("gaps").stream()
                .map(gap -> new Gap(gap.requiredString("what"), gap.requiredString("remedy")))
                .toList();
        return new Completeness(
                (int) json.requiredNumber("threadsSeen"),
                json.number("threadsTotal"),
                gaps,
                json.flag("truncated"),
                json.requiredNumber("droppedEvents"));
    }

    private static @Nullable CarrierPool carriers(@Nullable JsonTree json) {
        return json == null
                ? null
                : new CarrierPool(
                        (int) json.requiredNumber("parallelism"),
                        (int) json.requiredNumber("poolSize"),
                        (int) json.requiredNumber("active"),
                        json.requiredNumber("queuedTasks"),
                        json.requiredNumber("queuedSubmissions"));
    }

    private static Frame frame(JsonTree json) {
        return new Frame(json.requiredString("class"), json.requiredString("method"), json.string("file"), (int)
                json.requiredNumber("line"));
    }

    private Task task(JsonTree json) {
        JsonTree waiting = json.child("waiting");
        JsonTree thread = json.child("thread");
        JsonTree life = json.child("life");
        return new Task(
                json.requiredNumber("id"),
                json.requiredString("name"),
                json.constant("kind", TaskKind.class),
                json.constant("state", TaskState.class),
                stack(json.number("stack")),
                waiting == null ? null : waiting(waiting),
                thread == null ? null : thread(thread),
                life == null ? null : life(life));
    }

    private static TaskLife life(JsonTree json) {
        return new TaskLife(
                fact(json.requiredChild("parent"), parent -> parent.requiredNumber("value")),
                fact(json.requiredChild("createdAt"), site -> site(site.requiredChild("value"))),
                json.requiredNumber("ageNanos"),
                json.requiredNumber("polls"),
                json.requiredNumber("wakes"),
                json.requiredNumber("selfWakes"),
                fact(json.requiredChild("waker"), waker -> waker.requiredNumber("value")),
                json.requiredNumber("runningNanos"),
                json.requiredNumber("scheduledNanos"),
                json.requiredNumber("blockedNanos"),
                json.string("failure"),
                json.flag("complete"));
    }

    private static CodeSite site(JsonTree json) {
        JsonTree frame = json.child("frame");
        return new CodeSite(json.requiredString("text"), frame == null ? null : frame(frame));
    }

    private StackTrace stack(long index) {
        if (index == ThreadAttributes.NONE) {
            return StackTrace.EMPTY;
        }
        if (index < 0 || index >= stacks.size()) {
            throw new IllegalArgumentException("'stack' refers to stack " + index + " of " + stacks.size());
        }
        return stacks.get((int) index);
    }

    private static Wait waiting(JsonTree json) {
        List<Integer> ordinals =
                json.numbers("ordinals").stream().map(Long::intValue).toList();
        AwaitSite site = new AwaitSite(
                frame(json.requiredChild("frame")),
                json.requiredString("callee"),
                ordinals,
                (int) json.requiredNumber("count"),
                json.string("name"));
        JsonTree waited = json.child("waitedNanos");
        return new Wait(
                json.requiredNumber("resource"),
                site,
                json.constant("mode", AccessMode.class),
                json.constant("bound", Bound.class),
                Math.max(Wait.NO_EPISODE, json.number("episode")),
                waited == null ? Wait.SINCE_UNKNOWN : fact(waited, nanos -> nanos.requiredNumber("value")));
    }

    private static ThreadAttributes thread(JsonTree json) {
        return new ThreadAttributes(
                json.number("threadId"),
                json.number("nativeId"),
                json.string("state"),
                json.flag("daemon"),
                json.number("cpuNanos"),
                json.number("elapsedNanos"),
                json.string("container"),
                json.number("carrier"));
    }

    private static Resource resource(JsonTree json) {
        return new Resource(
                json.requiredNumber("id"),
                json.constant("kind", ResourceKind.class),
                json.string("class"),
                json.string("identity"),
                json.string("name"),
                json.constant("needs", Resource.Needs.class),
                holders(json),
                json.children("details").stream()
                        .map(detail -> new Detail(detail.requiredString("name"), detail.requiredString("value")))
                        .toList(),
                leases(json.child("leases")));
    }

    private static Fact<List<Hold>> holders(JsonTree json) {
        return fact(
                json.requiredChild("holders"),
                holders -> holders.children("value").stream()
                        .map(SnapshotReader::hold)
                        .toList());
    }

    private static @Nullable Leases leases(@Nullable JsonTree json) {
        return json == null
                ? null
                : new Leases(
                        json.number("most"),
                        (int) json.requiredNumber("total"),
                        (int) json.requiredNumber("idle"),
                        json.children("taken").stream()
                                .map(lease -> new Lease(holders(lease), instant("since", lease.string("since"))))
                                .toList());
    }

    private static Hold hold(JsonTree json) {
        return new Hold(
                json.requiredNumber("task"),
                json.constant("mode", AccessMode.class),
                fact(json.requiredChild("site"), site -> frame(site.requiredChild("value"))));
    }

    private static <T> Fact<T> fact(JsonTree json, Function<JsonTree, T> value) {
        String basis = json.string("basis");
        return switch (json.constant("provenance", Provenance.class)) {
            case OBSERVED -> Fact.observed(value.apply(json));
            case INFERRED -> Fact.inferred(value.apply(json), basis == null ? "" : basis);
            case UNKNOWN -> Fact.unknown(basis == null ? "" : basis);
        };
    }
}
