package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.testkit.OwnInstrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One sample of the test's own JVM, asked in the words of the tests. */
final class Rows {

    private final List<Row> rows = new ArrayList<>();

    private Rows(JdkReader reader, boolean monitors) {
        reader.sample(new SampleRequest(1_000_000, true, 64, monitors), row -> {
            rows.add(row);
            return true;
        });
    }

    static JdkReader reader(String... hiddenClasses) {
        return JdkReader.of(JdkDoor.open(OwnInstrumentation.get(), Set.of(hiddenClasses)));
    }

    static Rows sample() {
        return new Rows(reader(), false);
    }

    static Rows sample(JdkReader reader) {
        return new Rows(reader, false);
    }

    static Rows sampleWithMonitors(JdkReader reader) {
        return new Rows(reader, true);
    }

    Row.ThreadSeen thread(Thread thread) {
        return of(Row.ThreadSeen.class).stream()
                .filter(row -> row.threadId() == thread.getId())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + thread));
    }

    /** The objects that this one has to do with in this way. */
    List<Integer> objects(int ref, String relation) {
        return of(Row.ObjectLink.class).stream()
                .filter(row -> row.ref() == ref && row.relation().equals(relation))
                .map(Row.ObjectLink::otherRef)
                .toList();
    }

    /** The objects to which any has to do in this way. */
    List<Integer> all(String relation) {
        return of(Row.ObjectLink.class).stream()
                .filter(row -> row.relation().equals(relation))
                .map(Row.ObjectLink::otherRef)
                .toList();
    }

    /** The object that has to do in this way with that one. */
    int from(String relation, int otherRef) {
        return of(Row.ObjectLink.class).stream()
                .filter(row -> row.otherRef() == otherRef && row.relation().equals(relation))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing " + relation + " " + otherRef))
                .ref();
    }

    /** The threads that have to do with this object in this way. */
    List<Long> threads(int ref, String relation) {
        return of(Row.ThreadLink.class).stream()
                .filter(row -> row.ref() == ref && row.relation().equals(relation))
                .map(Row.ThreadLink::threadId)
                .toList();
    }

    /** The objects to which this thread has to do in this way. */
    List<Integer> objectsOf(Thread thread, String relation) {
        return of(Row.ThreadLink.class).stream()
                .filter(row ->
                        row.threadId() == thread.getId() && row.relation().equals(relation))
                .map(Row.ThreadLink::ref)
                .toList();
    }

    List<Long> numbers(int ref, String relation) {
        return of(Row.NumberOf.class).stream()
                .filter(row -> row.ref() == ref && row.relation().equals(relation))
                .map(Row.NumberOf::value)
                .toList();
    }

    List<String> texts(int ref, String relation) {
        return of(Row.TextOf.class).stream()
                .filter(row -> row.ref() == ref && row.relation().equals(relation))
                .map(Row.TextOf::value)
                .toList();
    }

    String className(int ref) {
        return of(Row.ObjectSeen.class).stream()
                .filter(row -> row.ref() == ref)
                .map(Row.ObjectSeen::className)
                .findFirst()
                .orElse("");
    }

    List<String> notSeen() {
        return of(Row.NotSeen.class).stream().map(Row.NotSeen::what).toList();
    }

    <T extends Row> List<T> of(Class<T> type) {
        return rows.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
