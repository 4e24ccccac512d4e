package dev.asyncinspect.sources;

import static dev.asyncinspect.sources.RoomsCode.LOG;
import static dev.asyncinspect.sources.RoomsCode.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What an agent tells of a full queue that {@code consumer} waits to put into, and who is said to take from it. */
final class FullRoom {

    static final String JUC = "java.util.concurrent.";
    static final String QUEUE = JUC + "ArrayBlockingQueue";
    static final String CONDITION = JUC + "locks.AbstractQueuedSynchronizer$ConditionObject";
    private static final String[] PUTS = {
        "jdk.internal.misc.Unsafe.park:1", CONDITION + ".await:2", QUEUE + ".put:3",
    };

    final ToldRows told =
            new ToldRows().object("room", CONDITION).object("queue", QUEUE).number("room", Relation.ALL_WAYS, 1);

    void found() {
        told.link("room", Relation.ROOM, "queue");
    }

    void puts(String thread, String... below) {
        told.parked(thread, "room", stack(PUTS, below));
    }

    static String[] stack(String[] above, String... below) {
        return Stream.of(above, below).flatMap(Arrays::stream).toArray(String[]::new);
    }

    void leads(String thread, String field, int steps, String queue) {
        String way = thread + field + queue;
        told.object(way, "")
                .text(way, Relation.FIELD, field)
                .number(way, Relation.STEPS, steps)
                .link(way, Relation.LEADS_TO, queue)
                .threadLink(way, Relation.BEGINS, thread);
    }

    Fact<List<Hold>> holders() {
        return awaited().holders();
    }

    Resource awaited() {
        return Dumps.awaited(told.snapshot(FullRoom::bytes), "consumer");
    }

    static byte[] bytes(String className) {
        try (InputStream in =
                FullRoom.class.getClassLoader().getResourceAsStream(className.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String at(String className, String method, String callee) {
        return CodeScanner.scan(bytes(className)).stream()
                .filter(code -> code.name.equals(method))
                .flatMap(code -> code.instructions.stream())
                .filter(call -> call.name().equals(callee))
                .findFirst()
                .map(call -> className + "." + method + ":" + call.line())
                .orElseThrow();
    }

    void assertTakes(String... threads) {
        assertThat(holders().provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(holders().orNull())
                .extracting(Hold::taskId)
                .containsExactlyInAnyOrder(Stream.of(threads).map(told::id).toArray(Long[]::new));
    }

    void assertUnknown() {
        assertThat(holders().provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    /** One thread that waits for room and takes from that queue by its own code. */
    void consumer() {
        found();
        puts("consumer", at(LOG, "append", "put"), at(WORKER, "run", "append"));
        leads("consumer", LOG + ".lines", 1, "queue");
    }
}
