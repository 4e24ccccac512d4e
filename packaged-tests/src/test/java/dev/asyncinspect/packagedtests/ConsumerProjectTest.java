package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of somebody else that imports the BOM, from a repository that holds what a release would. */
class ConsumerProjectTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> LIBRARIES = List.of("core", "model", "analysis", "sources");
    private static final String VERSION = "0.1.0-SNAPSHOT";

    @TempDir
    Path folder;

    @Test
    void a_project_that_imports_the_bom_reads_a_dump_and_prints_what_is_wrong() throws Exception {
        Path repository = repository();
        Path project = copyOf(TOP.resolve("examples/consumer"));
        maven(project, repository, "compile");
        maven(project, repository, "dependency:3.9.0:build-classpath", "-Dmdep.outputFile=class.path");
        String classPath = Files.readString(project.resolve("class.path")).strip();
        assertThat(classPath).contains("async-inspect-sources-" + VERSION).doesNotContain("async-inspect-cli");

        Path dump = folder.resolve("hang.txt");
        try (JavaProcess clinic = Shipped.clinic(Jdks.onThisMachine().require(17), "lock-cycle")) {
            Process jstack = new ProcessBuilder(
                            Jdks.onThisMachine().require(17).tool("jstack"), "-l", String.valueOf(clinic.pid()))
                    .redirectOutput(dump.toFile())
                    .start();
            assertThat(jstack.waitFor()).isZero();
        }
        Ended ended = JavaProcess.on(
                        Jdks.onThisMachine().require(17),
                        "-cp",
                        project.resolve("target/classes") + File.pathSeparator + classPath,
                        "example.ReadDump",
                        dump.toString())
                .run();
        assertThat(ended.stdout()).startsWith("lock-cycle PROVEN: 2 tasks wait for each other in a circle");
        assertThat(ended.stderr()).isEmpty();
    }

    @Test
    void every_library_comes_with_its_sources_and_its_javadoc() {
        for (String library : LIBRARIES) {
            Path target = TOP.resolve(library).resolve("target");
            assertThat(target.resolve(jar(library, "-sources"))).exists();
            if (!Boolean.getBoolean("javadoc.skipped")) {
                assertThat(target.resolve(jar(library, "-javadoc"))).exists();
            }
        }
    }

    /** A local repository with our artifacts only; all else Maven finds in the one of the build. */
    private Path repository() throws IOException {
        Path repository = folder.resolve("repository");
        put(repository, "async-inspect-parent", TOP.resolve("pom.xml"), null);
        put(repository, "async-inspect-bom", TOP.resolve("bom/pom.xml"), null);
        for (String library : LIBRARIES) {
            Path module = TOP.resolve(library);
            put(
                    repository,
                    "async-inspect-" + library,
                    module.resolve("pom.xml"),
                    module.resolve("target").resolve(jar(library, "")));
        }
        return repository;
    }

    private static void put(Path repository, String artifact, Path pom, @Nullable Path jar) throws IOException {
        Path place = Files.createDirectories(
                repository.resolve("dev/asyncinspect").resolve(artifact).resolve(VERSION));
        Files.copy(pom, place.resolve(artifact + "-" + VERSION + ".pom"));
        if (jar != null) {
            Files.copy(jar, place.resolve(artifact + "-" + VERSION + ".jar"));
        }
    }

    private static String jar(String library, String classifier) {
        return "async-inspect-" + library + "-" + VERSION + classifier + ".jar";
    }

    private Path copyOf(Path project) throws IOException {
        Path copy = folder.resolve("project");
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : (Iterable<Path>) files.filter(f -> !f.startsWith(project.resolve("target")))::iterator) {
                Path target = copy.resolve(project.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    private static void maven(Path project, Path repository, String... goals) throws Exception {
        Path log = project.resolve("maven.log");
        ProcessBuilder builder = new ProcessBuilder(
                TOP.resolve("mvnw").toString(),
                "-B",
                "-o",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + System.getProperty("local.repository"));
        builder.command().addAll(List.of(goals));
        Process process = builder.directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("maven ends").isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(log, StandardCharsets.UTF_8))
                .isZero();
    }
}
