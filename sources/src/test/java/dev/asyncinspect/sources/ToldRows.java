package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of an agent told as a scene. Threads and objects have names here, and numbers in the rows. */
final class ToldRows {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    final List<Row> rows = new ArrayList<>();
    private final Map<String, Long> threads = new LinkedHashMap<>();
    private final Map<String, Integer> objects = new LinkedHashMap<>();
    private long dropped;

    ToldRows object(String name, String className) {
        objects.put(name, 100 + objects.size());
        rows.add(new Row.ObjectSeen(objects.get(name), className));
        return this;
    }

    /** A platform thread in this state at these frames, innermost first: {@code java.lang.Thread.sleep:5}, with {@code ::5} without a source file. */
    ToldRows thread(String name, String state, String blocker, String... frames) {
        int stack = threads.size() + 1;
        List<StackTraceElement> elements = new ArrayList<>();
        for (String frame : frames) {
            int colon = frame.indexOf(':');
            int dot = frame.lastIndexOf('.', colon);
            elements.add(new StackTraceElement(
                    frame.substring(0, dot),
                    frame.substring(dot + 1, colon),
                    frame.contains("::") ? null : "File.java",
                    Integer.parseInt(frame.substring(frame.lastIndexOf(':') + 1))));
        }
        rows.add(new Row.Stack(stack, elements));
        int ref = blocker.isEmpty() ? 0 : objects.get(blocker);
        rows.add(new Row.ThreadSeen(id(name), name, false, false, state, 0, 0, ref, stack));
        return this;
    }

    ToldRows parked(String name, String blocker, String... frames) {
        return thread(name, "WAITING", blocker, frames);
    }

    ToldRows runs(String name) {
        return thread(name, "RUNNABLE", "", "shop.Main.work:3");
    }

    ToldRows threadLink(String object, String relation, String... names) {
        for (String name : names) {
            rows.add(new Row.ThreadLink(objects.get(object), relation, id(name)));
        }
        return this;
    }

    ToldRows link(String object, String relation, String other) {
        rows.add(new Row.ObjectLink(objects.get(object), relation, objects.get(other)));
        return this;
    }

    ToldRows number(String object, String relation, long value) {
        rows.add(new Row.NumberOf(objects.get(object), relation, value));
        return this;
    }

    ToldRows text(String object, String relation, String value) {
        rows.add(new Row.TextOf(objects.get(object), relation, value));
        return this;
    }

    /** A pool with these workers, of which there are as many as there may be. */
    ToldRows fullPool(String name, String... workers) {
        return object(name, "java.util.concurrent.ThreadPoolExecutor")
                .number(name, Relation.MAX_WORKERS, workers.length)
                .threadLink(name, Relation.WORKER, workers);
    }

    ToldRows dropped(long rowsNotSent) {
        dropped = rowsNotSent;
        return this;
    }

    long id(String thread) {
        return threads.computeIfAbsent(thread, name -> threads.size() + 1L);
    }

    Snapshot snapshot() {
        return snapshotOf(rows, ClassFiles.none());
    }

    /** With the code of these classes at hand. */
    Snapshot snapshot(ClassFiles classes) {
        return snapshotOf(rows, classes);
    }

    /** What is left of it without this row. */
    Snapshot without(Row row) {
        List<Row> fewer = new ArrayList<>(rows);
        fewer.remove(row);
        return snapshotOf(fewer, ClassFiles.none());
    }

    private Snapshot snapshotOf(List<Row> some, ClassFiles classes) {
        AttachRows read = new AttachRows();
        some.forEach(row -> row.handTo(read));
        new Row.End(1, threads.size(), 0, dropped).handTo(read);
        Source source = new Source(Source.Distance.ATTACH, "told", 1, "25");
        return AttachSnapshot.of(read, source, NOON, new AwaitSites(classes));
    }
}
