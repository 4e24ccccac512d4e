package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM that was attached to, recorded and left again is what it was, as an agent of somebody else sees it. */
@Timeout(300)
class DetachTest {

    private static final long PATIENCE_NANOS = JavaProcess.PATIENCE.toNanos();

    @TempDir
    Path folder;

    private Path looker;

    static List<Jdk> jdks() {
        return Jdks.onThisMachine().of(Matrix.versions(1, 17, 25).toArray());
    }

    @BeforeEach
    void compile() throws IOException {
        for (String program : List.of("Untouched", "Looker")) {
            JavaSource.compile(Path.of("src/test/programs/" + program + ".java"), folder);
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", "Looker");
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        looker = folder.resolve("looker.jar");
        try (OutputStream file = Files.newOutputStream(looker);
                JarOutputStream jar = new JarOutputStream(file, manifest);
                Stream<Path> classes = Files.list(folder)) {
            for (Path each : classes.filter(
                            path -> path.getFileName().toString().startsWith("Looker"))
                    .toList()) {
                jar.putNextEntry(new JarEntry(each.getFileName().toString()));
                jar.write(Files.readAllBytes(each));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_jvm_that_was_attached_to_and_recorded_is_what_it_was(Jdk jdk) throws Exception {
        try (JavaProcess program = JavaProcess.on(jdk, "-XX:+EnableDynamicAgentLoading", "-cp", folder.toString())
                .with("Untouched")
                .start()) {
            program.awaitLine("ready");
            String pid = String.valueOf(program.pid());
            Map<String, String> before = look(pid, "before");
            // The JVM keeps the jar of an agent open for as long as it lives: that is its own first attach.
            run("why", pid, "--attach");
            List<String> files = openFiles(pid);

            run("why", pid, "--attach");
            run("record", pid, "--sites", "--locks", "--context");
            Map<String, String> meanwhile = look(pid, "meanwhile");
            run("stop", pid);

            await("no thread of ours", () -> !jcmd(jdk, pid, "Thread.print").contains("async-inspect"));
            await(
                    "no loader of ours",
                    () -> !jcmd(jdk, pid, "GC.class_histogram").contains("dev.asyncinspect"));
            await("no file of ours", () -> openFiles(pid).equals(files));
            Map<String, String> after = look(pid, "after");

            assertThat(changed(before, meanwhile)).as("the look sees hooks").contains("java.lang.Thread.class");
            assertThat(changed(before, after)).isEmpty();
            assertThat(changed(hookless(meanwhile), after))
                    .as("classes that came later")
                    .isEmpty();
        }
    }

    /** What does not have the name of the bridge in it: classes without hooks. */
    private static Map<String, String> hookless(Map<String, String> classes) {
        Map<String, String> without = new TreeMap<>(classes);
        without.values().removeIf(code -> code.contains("AsyncInspectBridge"));
        return without;
    }

    /** Names of the classes whose code is not the same in the other. */
    private static List<String> changed(Map<String, String> classes, Map<String, String> others) {
        List<String> changed = new ArrayList<>();
        classes.forEach((name, code) -> {
            if (!code.equals(others.get(name))) {
                changed.add(name);
            }
        });
        return changed;
    }

    /** The code of the classes that hooks can be in, by their names. */
    private Map<String, String> look(String pid, String name) throws Exception {
        Path classes = Files.createDirectory(folder.resolve(name));
        VirtualMachine machine = VirtualMachine.attach(pid);
        try {
            machine.loadAgent(looker.toString(), classes.toString());
        } finally {
            machine.detach();
        }
        Map<String, String> code = new TreeMap<>();
        try (Stream<Path> all = Files.list(classes)) {
            all.forEach(file -> code.put(file.getFileName().toString(), disassembled(file)));
        }
        assertThat(code).hasSizeGreaterThan(20);
        return code;
    }

    /** With every look the JVM numbers constants anew, and 17 forgets the stack maps of its own classes: these do not count. */
    private static String disassembled(Path file) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int code = ToolProvider.findFirst("javap").orElseThrow().run(out, out, "-c", "-p", file.toString());
        assertThat(code).as("javap").isZero();
        return text.toString().replaceAll("#\\d+", "#");
    }

    private static void run(String... command) throws Exception {
        Ended ended = Shipped.run(command);
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
    }

    private static String jcmd(Jdk jdk, String pid, String command) throws Exception {
        Process jcmd = new ProcessBuilder(jdk.tool("jcmd"), pid, command)
                .redirectErrorStream(true)
                .start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(text).isZero();
        return text;
    }

    /** What the process has open, sockets by kind only: the JVM takes a new one for each attach. */
    private static List<String> openFiles(String pid) throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc", pid, "fd"))) {
            for (Path each : all.toList()) {
                open.add(Files.readSymbolicLink(each).toString().replaceAll("socket:.*", "socket"));
            }
        }
        open.sort(null);
        return open;
    }

    private static void await(String what, Callable<Boolean> reached) throws Exception {
        long start = System.nanoTime();
        while (!reached.call()) {
            assertThat(System.nanoTime() - start).as("waiting for " + what).isLessThan(PATIENCE_NANOS);
        }
    }
}
