package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes of deadlock that are known from published libraries, in small programs of their own. */
class KnownShapesTest {

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(17, 21, 25));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_superclass_whose_initialiser_needs_its_subclass(Jdk jdk) throws Exception {
        Answer answer = why(jdk, """
                static class Base { static final Object IT; static { meet(); settle("sub"); IT = new Sub(); } }
                static class Sub extends Base { }
                static void story() { start("base", () -> use(Base.IT)); start("sub", () -> { meet(); use(new Sub()); }); }
                """, 2);
        assertThat(answer.findings()).containsExactly("class-init-cycle LIKELY");
        assertThat(answer.culprits("class-init-cycle")).containsExactlyInAnyOrder("base", "sub");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_static_initialiser_that_waits_for_a_thread_which_needs_the_class(Jdk jdk) throws Exception {
        Answer answer = why(jdk, """
                static class Config {
                    static int value;
                    static {
                        CompletableFuture<Integer> loaded = CompletableFuture.supplyAsync(() -> load(), Story::loader);
                        meet();
                        value = loaded.join();
                    }
                    static int load() { return 1; }
                }
                static void loader(Runnable work) {
                    Thread thread = new Thread(work, "loader");
                    thread.setDaemon(true);
                    threads.add(thread);
                    thread.start();
                }
                static void story() { start("user", () -> use(Config.value)); }
                """, 1);
        assertThat(answer.findings()).containsExactly("class-init-cycle LIKELY");
        assertThat(answer.culprits("class-init-cycle")).containsExactly("user", "loader");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_static_initialiser_that_needs_a_monitor_whose_holder_needs_the_class(Jdk jdk) throws Exception {
        Answer answer = why(jdk, """
                static final Object registry = new Object();
                static class Plugin { static int id; static { meet(); synchronized (registry) { id = 1; } } }
                static void story() {
                    start("loads", () -> use(Plugin.id));
                    start("registers", () -> { synchronized (registry) { meet(); use(Plugin.id); } });
                }
                """, 2);
        assertThat(answer.findings()).containsExactly("lock-cycle PROVEN");
        assertThat(answer.culprits("lock-cycle")).containsExactlyInAnyOrder("loads", "registers");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_writer_that_waits_for_a_monitor_of_someone_who_wants_to_read(Jdk jdk) throws Exception {
        Answer answer = why(jdk, """
                static final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
                static final Object listener = new Object();
                static void story() {
                    start("writer", () -> { lock.writeLock().lock(); meet(); synchronized (listener) { use(1); } });
                    start("reader", () -> { synchronized (listener) { meet(); lock.readLock().lock(); } });
                }
                """, 2);
        assertThat(answer.findings()).containsExactly("lock-cycle PROVEN");
        assertThat(answer.culprits("lock-cycle")).containsExactlyInAnyOrder("writer", "reader");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void two_class_loaders_that_ask_each_other_while_each_is_locked(Jdk jdk) throws Exception {
        Answer answer = why(jdk, """
                static class Plugins extends ClassLoader {
                    Plugins other;
                    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        synchronized (getClassLoadingLock(name)) {
                            if (!name.startsWith("plugin.")) return super.loadClass(name, resolve);
                            meet();
                            return Class.forName(name, false, other);
                        }
                    }
                }
                static void story() {
                    Plugins one = new Plugins(), two = new Plugins();
                    one.other = two;
                    two.other = one;
                    start("one", () -> one.loadClass("plugin.One"));
                    start("two", () -> two.loadClass("plugin.Two"));
                }
                """, 2);
        assertThat(answer.findings()).containsExactly("lock-cycle PROVEN");
        assertThat(answer.culprits("lock-cycle")).containsExactlyInAnyOrder("one", "two");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void monitors_released_by_wait_are_no_cycle(Jdk jdk) throws Exception {
        Answer answer = why(jdk, """
                static final Object a = new Object(), b = new Object();
                static void story() {
                    start("one", () -> { synchronized (a) { meet(); a.wait(); } });
                    start("two", () -> { meet(); synchronized (b) { b.wait(); } });
                }
                """, 2);
        assertThat(answer.findings()).isEmpty();
        assertThat(answer.exitCode()).isZero();
    }

    /** Compiles a program that tells this story, runs it until nobody moves any more, and asks why. */
    private Answer why(Jdk jdk, String story, int parties) throws Exception {
        Path source = folder.resolve("Story.java");
        Files.writeString(source, """
                import java.lang.management.*;
                import java.util.*;
                import java.util.concurrent.*;
                import java.util.concurrent.locks.*;
                public class Story {
                    interface Work { void run() throws Exception; }
                    static final CountDownLatch missing = new CountDownLatch(%d);
                    static final List<Thread> threads = new CopyOnWriteArrayList<>();
                    static void meet() {
                        missing.countDown();
                        try { missing.await(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
                    }
                    static void use(Object it) { if (it == threads) System.out.println(); }
                    static void start(String name, Work work) {
                        Thread thread = new Thread(() -> { try { work.run(); } catch (Exception e) { throw new IllegalStateException(e); } }, name);
                        thread.setDaemon(true);
                        threads.add(thread);
                        thread.start();
                    }
                    %s
                    static void settle(String name) { // until it takes no processor time any more
                        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
                        for (Thread thread : threads) {
                            long before = -1;
                            while (thread.getName().equals(name) && clock.getThreadCpuTime(thread.getId()) != before) {
                                before = clock.getThreadCpuTime(thread.getId());
                                LockSupport.parkNanos(50_000_000);
                            }
                        }
                    }
                    public static void main(String[] args) throws Exception {
                        story();
                        missing.await();
                        for (Thread thread : threads) settle(thread.getName());
                        System.out.println("ready");
                        System.in.read();
                    }
                }
                """.formatted(parties, story));
        JavaSource.compile(source, folder);
        try (JavaProcess program =
                JavaProcess.on(jdk, "-cp", folder.toString(), "Story").start()) {
            program.awaitLine("ready");
            return Answer.of(Shipped.run(
                    "why", String.valueOf(program.pid()), "--samples", "3", "--interval", "200ms", "--json"));
        }
    }
}
