package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While everything is recorded, nothing of the program is kept alive by it. */
@ExtendWith(Recorded.class)
class LeaksTest {

    private static final int MILLION = 1_000_000;

    private final Inspector inspector = Inspector.global();
    private final List<WeakReference<?>> watched = new ArrayList<>();

    @Test
    void nothing_that_a_task_had_to_do_with_is_kept() throws Exception {
        useEverything();

        assertThat(inspector.tasks()).as("its life is known").hasSizeGreaterThan(4);
        awaitGone();
    }

    private void useEverything() throws Exception {
        Callable<byte[]> work = watch(new UserWork());
        TrackedTask<byte[]> spawned = watch(Inspect.spawn("spawned", work));
        watch(spawned.get());
        ExecutorService pool = Executors.newSingleThreadExecutor();
        ExecutorService tracked = watch(Inspect.executor("pool", watch(pool)));
        watch(tracked.submit(watch(new UserWork())).get());
        try {
            tracked.submit(() -> {
                        throw watch(new IllegalStateException("failure"));
                    })
                    .get();
        } catch (ExecutionException e) {
            watch(e.getCause());
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture<byte[]> source = watch(new CompletableFuture<>());
        CompletableFuture<Integer> derived =
                watch(Inspect.future("stage", source).thenApply(bytes -> bytes.length));
        source.complete(watch(new byte[10]));
        assertThat(derived.get()).isEqualTo(10);
        TaskGuard guard = watch(Inspect.begin("guard"));
        Inspect.await("await", watch(new UserWork()));
        guard.complete();
    }

    private static final class UserWork implements Callable<byte[]> {
        @Override
        public byte[] call() {
            return new byte[100];
        }
    }

    @Test
    void a_million_short_tasks_leave_nothing_behind() {
        int ended = inspector.configuration().maxEndedTasks();
        for (int i = 0; i < MILLION; i++) {
            Inspect.begin("short").complete();
            if (i % 200 == 0) {
                inspector.task(1); // so that none is dropped
            }
        }
        assertThat(inspector.tasks()).hasSize(ended);
        assertThat(inspector.stats().total()).isEqualTo(MILLION);
        assertThat(inspector.stats().completed()).isEqualTo(MILLION);
        assertThat(inspector.stats().evicted()).isEqualTo(MILLION - ended);
        assertThat(inspector.stats().running()).isZero();
    }

    @Test
    void a_class_loader_whose_classes_were_followed_can_go() throws Exception {
        runInALoaderOfItsOwn();

        assertThat(inspector.tasks(TaskQuery.ALL.named("from the loader"))).hasSize(1);
        awaitGone();
    }

    private void runInALoaderOfItsOwn() throws Exception {
        ClassLoader loader = watch(new OneClassLoader());
        Callable<?> program = (Callable<?>) loader.loadClass(LoadedProgram.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        assertThat(program.getClass().getClassLoader()).isSameAs(loader);
        program.call();
    }

    /** Defines {@link LoadedProgram} itself, and takes all else from above. */
    private static final class OneClassLoader extends ClassLoader {

        OneClassLoader() {
            super(LeaksTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(LoadedProgram.class.getName())) {
                return super.loadClass(name, resolve);
            }
            String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
            try (InputStream in = Objects.requireNonNull(LeaksTest.class.getResourceAsStream(file))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private <T> T watch(T object) {
        watched.add(new WeakReference<>(object));
        return object;
    }

    /** Asks for a collection until all are gone; some take more than one. */
    private void awaitGone() {
        for (int i = 0; i < 200 && watched.stream().anyMatch(reference -> reference.get() != null); i++) {
            System.gc();
        }
        assertThat(watched)
                .as("objects of the program that are still reachable")
                .allMatch(reference -> reference.get() == null);
    }
}
