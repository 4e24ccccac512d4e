package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class SnapshotJsonTest {

    private static final Frame LOCKED = new Frame("shop.Bank", "transfer", "Bank.java", 31);
    private static final Frame WAITING = new Frame("shop.Bank", "transfer", "Bank.java", 34);

    @Test
    void what_is_written_is_read_back_equal() throws IOException {
        Snapshot snapshot = snapshot();
        assertThat(SnapshotJson.read(stream(written(snapshot)))).isEqualTo(snapshot);
    }

    @Test
    void a_shared_stack_is_written_once() {
        assertThat(written(snapshot())).containsOnlyOnce("\"method\":\"run\"");
    }

    @Test
    void an_unknown_value_is_written_with_its_reason_and_without_a_value() {
        assertThat(written(snapshot()))
                .contains("\"holders\":{\"provenance\":\"UNKNOWN\",\"basis\":\"not in this dump\"}");
    }

    @Test
    void members_of_a_newer_minor_form_are_passed_over() throws IOException {
        String newer = written(snapshot()).replaceFirst("\\{", "{\"colour\":{\"deep\":[1,null,true]},");
        assertThat(SnapshotJson.read(stream(newer))).isEqualTo(snapshot());
    }

    @Test
    void a_newer_version_is_refused_in_one_line() {
        String newer = written(snapshot()).replace("\"schemaVersion\":1", "\"schemaVersion\":2");
        assertThatThrownBy(() -> SnapshotJson.read(stream(newer)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("schema version 2")
                .hasMessageContaining("newer async-inspect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "{}", "{\"schemaVersion\":\"1\"}", "{\"schemaVersion\":1}", "\u0000\u0001", "42"})
    void anything_else_is_refused_in_one_line(String text) {
        assertThatThrownBy(() -> SnapshotJson.read(stream(text)))
                .isInstanceOf(IOException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Test
    void every_truncation_is_refused() {
        String whole = written(snapshot());
        for (int length = 0; length < whole.length(); length++) {
            String part = whole.substring(0, length);
            assertThatThrownBy(() -> SnapshotJson.read(stream(part)))
                    .as("first %s characters", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void what_is_written_fits_the_published_schema() throws IOException {
        assertThat(schema().validate(written(snapshot()), InputFormat.JSON)).isEmpty();
    }

    @Test
    void what_was_written_before_recordings_existed_is_read_as_ever_and_fits_the_schema() throws IOException {
        String old = Files.readString(Path.of("src/test/resources/snapshot-v1-before-recordings.json"));
        assertThat(SnapshotJson.read(stream(old))).isEqualTo(plain());
        assertThat(schema().validate(old, InputFormat.JSON)).isEmpty();
    }

    @Test
    void what_does_not_come_from_a_recording_is_written_as_it_was_before() throws IOException {
        String old = Files.readString(Path.of("src/test/resources/snapshot-v1-before-recordings.json"));
        assertThat(written(plain())).isEqualTo(old.strip());
    }

    @Test
    void what_a_recording_tells_is_read_back_equal_and_fits_the_schema() throws IOException {
        Snapshot snapshot = recorded();
        assertThat(SnapshotJson.read(stream(written(snapshot)))).isEqualTo(snapshot);
        assertThat(schema().validate(written(snapshot), InputFormat.JSON)).isEmpty();
    }

    @Test
    void the_published_schema_refuses_an_unknown_that_has_a_value() throws IOException {
        String wrong = written(snapshot()).replace("\"basis\":\"not in this dump\"", "\"value\":[]");
        assertThat(schema().validate(wrong, InputFormat.JSON)).isNotEmpty();
    }

    private static Schema schema() throws IOException {
        String text = Files.readString(Path.of("../docs/schema/snapshot-v1.schema.json"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    /** All that version 1 had to say when it was published. */
    private static Snapshot plain() {
        StackTrace waiting = StackTrace.of(List.of(WAITING, new Frame("shop.Bank", "run", null, Frame.LINE_UNKNOWN)));
        AwaitSite site = new AwaitSite(WAITING, "synchronized", List.of(2), 3);
        Task first = new Task(
                12,
                "transfer-1",
                TaskKind.VIRTUAL_THREAD,
                TaskState.BLOCKED,
                waiting,
                new Wait(2, site, AccessMode.EXCLUSIVE, Bound.UNBOUNDED),
                new ThreadAttributes(12, ThreadAttributes.NONE, "BLOCKED", true, 5, 6, "pool", 3));
        Task second = new Task(
                13,
                "",
                TaskKind.PLATFORM_THREAD,
                TaskState.BLOCKED,
                waiting,
                new Wait(1, AwaitSite.lineOnly(WAITING, "lock"), AccessMode.SHARED, Bound.TIMED),
                null);
        Task third = new Task(
                14,
                "idle",
                TaskKind.PLATFORM_THREAD,
                TaskState.RUNNING,
                StackTrace.EMPTY,
                null,
                ThreadAttributes.ofId(14));
        Resource monitor = new Resource(
                2,
                ResourceKind.MONITOR,
                "shop.Account",
                "0x1b2c",
                null,
                Resource.Needs.ALL_HOLDERS,
                Fact.observed(List.of(new Hold(13, AccessMode.EXCLUSIVE, Fact.inferred(LOCKED, "bytecode")))));
        Resource lock = new Resource(
                1, ResourceKind.LOCK, null, null, "A", Resource.Needs.ANY_HOLDER, Fact.unknown("not in this dump"));
        return new Snapshot(
                Instant.parse("2026-01-02T03:04:05Z"),
                new Source(Source.Distance.TEXT_DUMP, "hang.txt", 4711, "25.0.3"),
                List.of(first, second, third),
                List.of(monitor, lock),
                new Completeness(3, 4, List.of(new Gap("owners", "attach to see")), true, 7),
                new CarrierPool(2, 3, 2, 4, 5));
    }

    /** The same with all that was added to the vocabulary since. */
    private static Snapshot snapshot() {
        Resource lock = new Resource(
                1,
                ResourceKind.LOCK,
                null,
                null,
                "A",
                Resource.Needs.ANY_HOLDER,
                Fact.unknown("not in this dump"),
                List.of(new Detail("permits", "0")),
                null);
        Lease lost = new Lease(Fact.observed(List.of()), Instant.parse("2026-01-02T03:00:00Z"));
        Lease held = new Lease(
                Fact.observed(List.of(new Hold(13, AccessMode.SHARED, Fact.inferred(LOCKED, "its stack")))), null);
        Resource pool = new Resource(
                3,
                ResourceKind.CONNECTION_POOL,
                "shop.Pool",
                "0x2",
                "tickets",
                Resource.Needs.ANY_HOLDER,
                Fact.unknown("somebody has it"),
                List.of(),
                new Leases(3, 3, 1, List.of(lost, held)));
        return plain().withResources(List.of(plain().resources().get(1), lock, pool))
                .withWorks(new Works(
                        List.of(
                                new WorkPool("shop.Pool", "shop.Maker", List.of(12L), 3L, "Orders.load", List.of(7L)),
                                new WorkPool("P", null, List.of())),
                        List.of(
                                new UnstartedWork(1, 2, null, "shop.Order"),
                                new UnstartedWork(1, ThreadAttributes.NONE, "clerk", null)),
                        List.of(
                                new FailedWork(true, "shop.Tick", "java.lang.Error", "no", "shop.Job"),
                                new FailedWork(false, "shop.Tick", "java.lang.Error", null, null))));
    }

    private static Snapshot recorded() {
        TaskLife life = new TaskLife(
                Fact.observed(1L),
                Fact.observed(CodeSite.of("shop.Main.main(Main.java:7)")),
                9,
                3,
                2,
                1,
                Fact.unknown("nobody woke it"),
                4,
                3,
                2,
                null,
                false);
        TaskLife over = new TaskLife(
                Fact.unknown("it was there before"),
                Fact.observed(CodeSite.of("import of orders")),
                9,
                1,
                1,
                0,
                Fact.observed(1L),
                9,
                0,
                0,
                "java.io.IOException: gone",
                true);
        Wait wait = new Wait(
                1,
                AwaitSite.named(CodeSite.of("fetch the orders")),
                AccessMode.EXCLUSIVE,
                Bound.UNBOUNDED,
                5,
                Fact.observed(2L));
        return new Snapshot(
                null,
                new Source(Source.Distance.RECORDING, "run.rec", ThreadAttributes.NONE, null),
                List.of(
                        new Task(7, "", TaskKind.UNKNOWN, TaskState.BLOCKED, StackTrace.EMPTY, wait, null, life),
                        new Task(8, "", TaskKind.MANUAL, TaskState.FAILED, StackTrace.EMPTY, null, null, over)),
                List.of(),
                new Completeness(2, ThreadAttributes.NONE, List.of(), false, 3));
    }

    private static String written(Snapshot snapshot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            SnapshotJson.write(snapshot, json);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
