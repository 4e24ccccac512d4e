package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.tools.ToolProvider;

/** Compiles the small programs of tests for every JDK that we look at. */
final class JavaSource {

    private JavaSource() {}

    static void compile(Path source, Path folder) {
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-g", "-d", folder.toString(), source.toString());
        assertThat(result).as("compiles").isZero();
    }
}
