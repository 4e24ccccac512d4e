package dev.asyncinspect.weaving.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.weaving.HookState;
import dev.asyncinspect.weaving.LoadedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

@Timeout(120)
class LibraryWeavingTest {

    @RegisterExtension
    final Woven woven = new Woven();

    private final GuestLoader program = new GuestLoader();

    @Test
    void what_a_program_tells_its_library_comes_to_our_recorder_and_its_own_stays_off() {
        woven.weaver.install();
        long id = run(program, "order");

        assertThat(names()).containsExactly("order");
        assertThat(points()).containsExactly("passed: order passed");
        assertThat(outcomes()).containsExactly(id);
        assertThat(program.call("Tasks", "isEnabled")).isEqualTo(false);
        assertThat(program.call("Tasks", "known")).isEqualTo("");
        assertThat(woven.line("program.library")).extracting(HookState::status).isEqualTo(HookState.Status.ON);
    }

    @Test
    void that_a_thread_runs_itself_is_left_to_the_hooks() {
        woven.weaver.install();
        program.call("Tasks", "spawn", "thread");

        assertThat(names()).containsExactly("thread");
        assertThat(woven.events()).noneMatch(event -> event instanceof Event.PollStart);
    }

    @Test
    void a_program_whose_own_recorder_is_on_goes_on_to_know_its_tasks_by_the_same_ids() {
        program.call("Tasks", "enable");
        long before = run(program, "before");
        woven.weaver.install();
        long during = run(program, "during");
        long left = woven.recorder.newTaskId();
        woven.weaver.remove();
        long after = run(program, "after");

        assertThat(names()).containsExactly("during");
        assertThat(program.call("Tasks", "known"))
                .isEqualTo("before COMPLETED " + before + ";during COMPLETED " + during + ";after COMPLETED " + after
                        + ";");
        assertThat(List.of(before, during, left, after)).isSorted().doesNotHaveDuplicates();
        program.call("Tasks", "disable");
    }

    @Test
    void after_remove_the_library_is_what_it_was_and_tells_us_nothing() throws Exception {
        program.call("Tasks", "isEnabled");
        Class<?> recorder = program.loadClass("dev.asyncinspect.core.recorder.Recorder");
        byte[] before = LoadedBytes.of(recorder);
        woven.weaver.install();
        assertThat(ProgramBridge.LAYOUT.isCalledIn(LoadedBytes.of(recorder))).isTrue();
        assertThat(run(program, "during")).isPositive();

        assertThat(woven.weaver.remove()).isEmpty();
        assertThat(LoadedBytes.of(recorder)).isEqualTo(before);
        assertThat(run(program, "after"))
                .as("id, 0 for a task that nobody follows")
                .isZero();
        assertThat(names()).containsExactly("during");
    }

    @Test
    void tasks_of_two_programs_that_are_older_than_the_recording_are_never_mixed_up() throws Exception {
        GuestLoader other = new GuestLoader();
        List<AutoCloseable> open = new ArrayList<>();
        for (GuestLoader each : List.of(program, other)) {
            each.call("Tasks", "enable");
            open.add((AutoCloseable) each.call("Tasks", "begin", "old"));
            each.call("Tasks", "lock");
        }
        woven.weaver.install();
        for (AutoCloseable task : open) {
            task.close();
        }
        long one = run(program, "one");
        long two = run(other, "two");
        long ours = woven.recorder.newTaskId();
        long lock = (long) program.call("Tasks", "lock");
        long otherLock = (long) other.call("Tasks", "lock");

        List<Long> ended = outcomes();
        assertThat(ended).hasSize(4).doesNotHaveDuplicates().contains(one, two).doesNotContain(ours);
        assertThat(lock).isNotEqualTo(otherLock);
        for (GuestLoader each : List.of(program, other)) {
            each.call("Tasks", "disable");
        }
    }

    @Test
    void a_library_of_another_version_is_left_alone_and_told() {
        ClassReader recorder = new ClassReader(recorderFile());
        assertThat(LibraryWeaver.obstacle(recorder)).isNull();
        assertThat(LibraryWeaver.obstacle(new ClassReader(withVersion(recorder, 7))))
                .isEqualTo("its entry points have version 7, this agent knows 1");
        byte[] older = withVersion(recorder, 0);
        assertThat(LibraryWeaver.obstacle(new ClassReader(older)))
                .isEqualTo("its version has no entry points for a recording agent");

        ProgramTable table = new ProgramTable();
        ProgramTransformer transformer = new ProgramTransformer(woven.recorder, table, false);
        assertThat(transformer.transform(program, LibraryWeaver.TYPE, null, null, older))
                .isNull();
        assertThat(table.lines())
                .extracting(HookState::name, HookState::status, HookState::places)
                .containsExactly(tuple("program.other-library", HookState.Status.SKIPPED, 1));
    }

    @Test
    void a_program_that_told_us_can_be_unloaded_while_we_record() {
        woven.weaver.install();
        WeakReference<ClassLoader> gone = runAndForget();
        while (!gone.refersTo(null)) {
            System.gc();
        }
        assertThat(names()).containsExactly("short");
    }

    private static WeakReference<ClassLoader> runAndForget() {
        GuestLoader loader = new GuestLoader();
        run(loader, "short");
        return new WeakReference<>(loader);
    }

    private static long run(GuestLoader program, String name) {
        return (long) program.call("Tasks", "run", name);
    }

    private List<String> names() {
        return woven.events().stream()
                .filter(event -> event instanceof Event.Named)
                .map(event -> woven.text(((Event.Named) event).name()))
                .toList();
    }

    private List<String> points() {
        return woven.events().stream()
                .filter(event -> event instanceof Event.Point)
                .map(event -> (Event.Point) event)
                .map(point -> woven.text(point.label()) + ": " + woven.text((int) point.message()))
                .toList();
    }

    private List<Long> outcomes() {
        return woven.events().stream()
                .filter(event -> event instanceof Event.Ended)
                .map(event -> ((Event.Ended) event).taskId())
                .toList();
    }

    private byte[] recorderFile() {
        try (InputStream in = program.getResourceAsStream(LibraryWeaver.TYPE + ".class")) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The same class with other entry points; without any for 0. */
    private static byte[] withVersion(ClassReader recorder, int version) {
        ClassWriter writer = new ClassWriter(0);
        recorder.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            @Nullable Object value) {
                        boolean isVersion = name.equals("ENTRY_POINTS");
                        return isVersion && version == 0
                                ? null
                                : super.visitField(access, name, descriptor, signature, isVersion ? version : value);
                    }
                },
                0);
        return writer.toByteArray();
    }
}
