package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.tools.ToolProvider;

/** Compiles the small programs of tests for every JDK that we look at. */
final class JavaSource {

    private JavaSource() {}

    static void compile(Path source, Path folder) {
        compile(source, folder, folder);
    }

    /** Likewise, with what lies there on the class path. */
    static void compile(Path source, Path folder, Path classPath) {
        compile(source, folder, classPath, 17);
    }

    /** For this version of Java and later ones. */
    static void compile(Path source, Path folder, int release) {
        compile(source, folder, folder, release);
    }

    private static void compile(Path source, Path folder, Path classPath, int release) {
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        String.valueOf(release),
                        "-g",
                        "-proc:none",
                        "-cp",
                        classPath.toString(),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(result).as("compiles").isZero();
    }
}
