package dev.asyncinspect.packagedtests;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of somebody else that imports the BOM, from a repository that holds what a release would. */
class ConsumerProjectTest {

    private static final List<String> LIBRARIES = List.of("core", "model", "analysis", "sources");

    @TempDir
    Path folder;

    @Test
    void a_project_that_imports_the_bom_reads_a_dump_and_prints_what_is_wrong() throws Exception {
        MavenProject project = MavenProject.copy(MavenProject.TOP.resolve("examples/consumer"), folder)
                .release(LIBRARIES.stream().collect(toMap(name -> name, name -> "async-inspect-" + name)));
        project.maven("compile");
        project.maven("dependency:3.9.0:build-classpath", "-Dmdep.outputFile=class.path");
        String classPath =
                Files.readString(project.folder().resolve("class.path")).strip();
        assertThat(classPath)
                .contains("async-inspect-sources-" + MavenProject.VERSION)
                .doesNotContain("async-inspect-cli");

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
                        project.folder().resolve("target/classes") + File.pathSeparator + classPath,
                        "example.ReadDump",
                        dump.toString())
                .run();
        assertThat(ended.stdout()).startsWith("lock-cycle PROVEN: 2 tasks wait for each other in a circle");
        assertThat(ended.stderr()).isEmpty();
        namesItsTasks(project.folder().resolve("target/classes") + File.pathSeparator + classPath);
    }

    /** As the guide shows it. */
    private static void namesItsTasks(String classPath) throws Exception {
        String program =
                Files.readString(MavenProject.TOP.resolve("examples/consumer/src/main/java/example/NameTasks.java"));
        String guide = Files.readString(MavenProject.TOP.resolve("docs/guide/library.md"));
        String snippet = guide.replaceFirst("(?s).*?```java\\n(.*?)```.*", "$1");
        assertThat(program).contains(snippet.indent(8).replaceAll("(?m)^ +$", ""));
        for (int version : new int[] {17, 25}) {
            assertThat(JavaProcess.on(Jdks.onThisMachine().require(version), "-cp", classPath, "example.NameTasks")
                            .run())
                    .isEqualTo(new Ended(0, "clerk: COMPLETED\norder 4711: COMPLETED\n", ""));
        }
    }

    @Test
    void every_library_comes_with_its_sources_and_its_javadoc() {
        for (String library : LIBRARIES) {
            Path target = MavenProject.TOP.resolve(library).resolve("target");
            assertThat(target.resolve(jar(library, "-sources"))).exists();
            if (!Boolean.getBoolean("javadoc.skipped")) {
                assertThat(target.resolve(jar(library, "-javadoc"))).exists();
            }
        }
    }

    private static String jar(String library, String classifier) {
        return "async-inspect-" + library + "-" + MavenProject.VERSION + classifier + ".jar";
    }
}
