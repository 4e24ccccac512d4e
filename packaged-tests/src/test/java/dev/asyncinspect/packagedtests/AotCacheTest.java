package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that writes an AOT cache at its end, which the JVM does not survive with woven classes. */
@Timeout(180)
class AotCacheTest {

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(25));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_that_is_to_be_recorded_writes_its_cache_and_ends_as_it_would(Jdk jdk) throws Exception {
        JavaSource.compile(Path.of("src/test/programs/Bakery.java"), folder);
        Path cache = folder.resolve("bakery.aot");
        try (JavaProcess bakery = JavaProcess.on(jdk, Shipped.agentOption() + "=record", "-XX:AOTCacheOutput=" + cache)
                .with("-cp", jar().toString(), "Bakery", "healthy")
                .start()) {
            bakery.awaitLine("baked");
            Ended told = Shipped.run("record", String.valueOf(bakery.pid()));
            assertThat(told.exitCode()).isNotZero();
            assertThat(told.stderr()).contains("writes an archive of its classes (-XX:AOTCacheOutput=");
            bakery.writeLine("enough");
            assertThat(bakery.awaitEnd().exitCode()).isZero();
        }
        assertThat(cache).isNotEmptyFile();
    }

    /** Folders cannot be archived. */
    private Path jar() throws Exception {
        Path jar = folder.resolve("bakery.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var classes = Files.newDirectoryStream(folder, "*.class")) {
            for (Path type : classes) {
                out.putNextEntry(new JarEntry(type.getFileName().toString()));
                Files.copy(type, out);
            }
        }
        return jar;
    }
}
