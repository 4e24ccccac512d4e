package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A project of somebody else, copied to a folder of the test, with a repository of its own that holds what a release of ours
 * would. All else Maven finds where the build finds it.
 *
 * @param folder the project
 * @param repository the repository of its own
 */
record MavenProject(Path folder, Path repository) {

    static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    static final String VERSION = "0.1.0-SNAPSHOT";

    /** Copies it below this place. */
    static MavenProject copy(Path project, Path place) throws IOException {
        MavenProject copy = new MavenProject(place.resolve("project"), place.resolve("repository"));
        copy.add(project);
        copy.put("async-inspect-parent", TOP.resolve("pom.xml"), null);
        copy.put("async-inspect-bom", TOP.resolve("bom/pom.xml"), null);
        return copy;
    }

    /** Copies another project into it; what is there already stays. */
    MavenProject add(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : (Iterable<Path>) files.filter(f -> !f.startsWith(project.resolve("target")))::iterator) {
                Path target = folder.resolve(project.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        }
        return this;
    }

    /** Releases these modules to its repository: folder of the module, artifact. */
    MavenProject release(Map<String, String> modules) throws IOException {
        for (Map.Entry<String, String> module : modules.entrySet()) {
            Path built = TOP.resolve(module.getKey());
            Path target = built.resolve("target");
            Path versioned = target.resolve(module.getValue() + "-" + VERSION + ".jar");
            put(
                    module.getValue(),
                    built.resolve("pom.xml"),
                    Files.exists(versioned) ? versioned : target.resolve(module.getValue() + ".jar"));
        }
        return this;
    }

    private void put(String artifact, Path pom, @Nullable Path jar) throws IOException {
        Path place = Files.createDirectories(
                repository.resolve("dev/asyncinspect").resolve(artifact).resolve(VERSION));
        Files.copy(pom, place.resolve(artifact + "-" + VERSION + ".pom"));
        if (jar != null) {
            Files.copy(jar, place.resolve(artifact + "-" + VERSION + ".jar"));
        }
    }

    /** What a person types to reach these goals. */
    List<String> command(String... goals) {
        List<String> command = new ArrayList<>(List.of(
                TOP.resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + System.getProperty("local.repository")));
        command.addAll(List.of(goals));
        return command;
    }

    /** Reaches these goals. */
    void maven(String... goals) throws Exception {
        String log = log(goals);
        assertThat(log).contains("BUILD SUCCESS");
    }

    /** Tries to reach these goals; returns what Maven said. */
    String log(String... goals) throws Exception {
        Path log = folder.resolve("maven.log");
        Process process = new ProcessBuilder(command(goals))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("maven ends").isTrue();
        return Files.readString(log, StandardCharsets.UTF_8);
    }
}
