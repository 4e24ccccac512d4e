package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.rows.Row;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message and one event of each kind of version 1. What stands here is never changed, only added to. */
final class WireV1 {

    private static final long TASK = EventLayout.FIRST_TASK_ID + 7;

    private WireV1() {}

    /** How a message is written. */
    @FunctionalInterface
    interface Writing {
        void write(WireWriter writer) throws IOException;
    }

    /**
     * A message.
     *
     * @param writing how it is written
     * @param meant what a reader makes of it
     */
    record Case(Writing writing, Object meant) {}

    /** By name. */
    static Map<String, Case> messages() {
        Map<String, Case> cases = new LinkedHashMap<>();
        Hello hello = new Hello(1, "0.1.0", 4711, "25.0.3+9", List.of("sample", "record"));
        cases.put("HELLO", new Case(writer -> writer.hello(hello), hello));
        cases.put("PROBLEM", new Case(writer -> writer.problem("no such field: täxt"), "no such field: täxt"));
        SampleRequest request = new SampleRequest(1_000_000, true, 64, true);
        cases.put("SAMPLE", new Case(writer -> writer.sample(request), request));
        cases.put("DETACH", new Case(WireWriter::detach, "detach"));
        for (Row row : rows()) {
            cases.put("row " + row.getClass().getSimpleName(), new Case(writer -> writer.row(row), row));
        }
        for (RecordingMessage message : recording()) {
            String name = "recording " + message.getClass().getSimpleName();
            cases.put(name, new Case(writer -> writer.recording(message), message));
        }
        RecordingMessage.Control sites = new RecordingMessage.Control(true, true);
        cases.put("recording Control with sites", new Case(writer -> writer.recording(sites), sites));
        RecordingMessage.Control more = new RecordingMessage.Control(true, false, true, true);
        cases.put("recording Control with locks and context", new Case(writer -> writer.recording(more), more));
        RecordingMessage.Control amount =
                new RecordingMessage.Control(true, false, false, false, "mode=production,sample=20");
        cases.put("recording Control with settings", new Case(writer -> writer.recording(amount), amount));
        RecordingMessage.State state =
                new RecordingMessage.State(true, 5_000_000_000L, 7, "", 300, "mode production, one task in 10");
        cases.put("recording State with settings", new Case(writer -> writer.recording(state), state));
        return cases;
    }

    private static List<Row> rows() {
        StackTraceElement whole = new StackTraceElement("app", "shop", "1.2", "shop.Orders", "load", "Orders.java", 41);
        StackTraceElement bare = new StackTraceElement("shop.Orders", "unpark0", null, -2);
        return List.of(
                new Row.Begin(3, 1_767_225_600_123L),
                new Row.End(3, 10_412, 48_000_000L, 5),
                new Row.Stack(1, List.of(whole, bare)),
                new Row.ThreadSeen(4711, "worker-1", true, true, "WAITING", 31, 12, -13, 1),
                new Row.ObjectSeen(12, "java.util.concurrent.locks.ReentrantLock"),
                new Row.NumberOf(12, "permits", -1),
                new Row.TextOf(12, "name", "pool \uD83D\uDE00"),
                new Row.ObjectLink(12, "lock", 14),
                new Row.ThreadLink(12, "owner", 1L << 40),
                new Row.NotSeen("owners of StampedLock", "no field"));
    }

    private static List<RecordingMessage> recording() {
        return List.of(
                new RecordingMessage.Control(true),
                new RecordingMessage.AskState(),
                new RecordingMessage.TakeEvents(4711, 65_536),
                new RecordingMessage.State(true, 5_000_000_000L, 7, "one hook is missing"),
                new RecordingMessage.HookLine("pool.ends", "ThreadPoolExecutor.runWorker", "ON", "tested", 2, 1),
                new RecordingMessage.SymbolText(200, "shop.Orders.load"),
                new RecordingMessage.Events(new long[] {-1, 5, TASK, 7, Long.MIN_VALUE, 4, 31, -9}),
                new RecordingMessage.EventsEnd(12, 3, 4));
    }

    /** Each kind once, with a value in every field. */
    static List<Event> events() {
        long nanos = 0x0102_0304_0506_0708L;
        return List.of(
                new Event.Created(nanos, TASK, EventCodes.COROUTINE, 0x1234_5678, 3),
                new Event.Named(nanos, TASK, 9, 4711),
                new Event.PollStart(nanos, TASK, 31),
                new Event.PollEnd(nanos, TASK, EventCodes.RETURN, 0, 31),
                new Event.PollEnd(nanos, TASK, EventCodes.PARK, 18, 31),
                new Event.AwaitStart(nanos, TASK, EventCodes.AWAIT_TIMED | EventCodes.AWAIT_ENDS_POLL, 10, 77),
                new Event.AwaitEnd(nanos, TASK, EventCodes.AWAIT_THREW, 77),
                new Event.Woken(nanos, TASK, EventCodes.COMPLETION, 32),
                new Event.Ended(nanos, TASK, EventCodes.FAILED, -1),
                new Event.Acquired(nanos, TASK, EventCodes.PERMITS, 255, 11, 78),
                new Event.Released(nanos, TASK, EventCodes.SIGNAL, EventLayout.MAX_COUNT, 12, 78),
                new Event.Point(nanos, TASK, 13, 14),
                new Event.Linked(nanos, TASK, EventCodes.RUNS_ON, 15, 31),
                new Event.ResourceNamed(nanos, EventCodes.IO, 16, 17, 79),
                new Event.Dropped(nanos, EventCodes.EVICTED, 1_000_000),
                new Event.Clock(nanos, 1_767_225_600_123_456_789L));
    }
}
