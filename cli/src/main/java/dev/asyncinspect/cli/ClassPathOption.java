package dev.asyncinspect.cli;

import dev.asyncinspect.sources.ClassFiles;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where to look for the program's class files. */
final class ClassPathOption {

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description =
                    "Jars and folders with the program's classes, separated as in java -cp: they tell which await of a"
                            + " line it is and where locks were taken. A live JVM's own class path is found by itself.")
    String classPath = "";

    ClassFiles classFiles() {
        if (classPath.isEmpty()) {
            return ClassFiles.none();
        }
        List<Path> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry));
            }
        }
        return ClassFiles.on(entries);
    }
}
