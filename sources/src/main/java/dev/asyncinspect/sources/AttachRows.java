package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.rows.RowHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one sample as they came, found again by what they speak of. */
final class AttachRows implements RowHandler {

    final List<Row.ThreadSeen> threads = new ArrayList<>();
    final List<Row.NotSeen> notSeen = new ArrayList<>();
    private final Map<Integer, List<StackTraceElement>> stacks = new HashMap<>();
    private final Map<Integer, About> objects = new HashMap<>();
    private Row.@Nullable End end;

    /** What was said of one object. */
    static final class About {

        private @Nullable String className;
        private Map<String, Long> numbers = Map.of(); // of most objects little is said
        private Map<String, String> texts = Map.of();
        private Map<String, List<Integer>> objects = Map.of();
        private Map<String, List<Long>> threads = Map.of();

        /** Binary name of its class, empty if it was not told. */
        String className() {
            return className == null ? "" : className;
        }

        /** The number of this name, null if it was not told. */
        @Nullable
        Long number(String relation) {
            return numbers.get(relation);
        }

        /** The text of this name, null if it was not told. */
        @Nullable
        String text(String relation) {
            return texts.get(relation);
        }

        /** The objects that it has to do with in this way. */
        List<Integer> objects(String relation) {
            return objects.getOrDefault(relation, List.of());
        }

        /** The threads that have to do with it in this way. */
        List<Long> threads(String relation) {
            return threads.getOrDefault(relation, List.of());
        }
    }

    /** What was said of the object of this number; nothing if none was. */
    About about(int ref) {
        return objects.computeIfAbsent(ref, r -> new About());
    }

    /** The numbers of all objects that something was said of. */
    List<Integer> refs() {
        return List.copyOf(objects.keySet());
    }

    /** The frames of this stack, innermost first; none if it was not sent. */
    List<StackTraceElement> stack(int stackId) {
        return stacks.getOrDefault(stackId, List.of());
    }

    /** How many rows the agent did not send, because there were more than asked for. */
    long dropped() {
        return end == null ? 0 : end.droppedRows();
    }

    @Override
    public void begin(Row.Begin row) {
        // whoever asked knows when
    }

    @Override
    public void end(Row.End row) {
        end = row;
    }

    @Override
    public void stack(Row.Stack row) {
        stacks.put(row.stackId(), row.frames());
    }

    @Override
    public void thread(Row.ThreadSeen row) {
        threads.add(row);
    }

    @Override
    public void object(Row.ObjectSeen row) {
        about(row.ref()).className = row.className();
    }

    @Override
    public void number(Row.NumberOf row) {
        About about = about(row.ref());
        about.numbers = open(about.numbers);
        about.numbers.put(row.relation(), row.value());
    }

    @Override
    public void text(Row.TextOf row) {
        About about = about(row.ref());
        about.texts = open(about.texts);
        about.texts.put(row.relation(), row.value());
    }

    @Override
    public void objectLink(Row.ObjectLink row) {
        About about = about(row.ref());
        about.objects = open(about.objects);
        about.objects.computeIfAbsent(row.relation(), r -> new ArrayList<>(1)).add(row.otherRef());
    }

    @Override
    public void threadLink(Row.ThreadLink row) {
        About about = about(row.ref());
        about.threads = open(about.threads);
        about.threads.computeIfAbsent(row.relation(), r -> new ArrayList<>(1)).add(row.threadId());
    }

    private static <V> Map<String, V> open(Map<String, V> map) {
        return map.isEmpty() ? new HashMap<>(2) : map;
    }

    @Override
    public void notSeen(Row.NotSeen row) {
        notSeen.add(row);
    }
}
