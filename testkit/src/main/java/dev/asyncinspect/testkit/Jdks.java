package dev.asyncinspect.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine, one of each version, oldest first. */
public final class Jdks {

    /*
     * The same places as tools/find-jdk, and first of all those named by ASYNC_INSPECT_TEST_JDKS. Unlike that tool, which
     * wants any JDK of one feature version, tests want every update they can get: behaviour changed within 25.
     */

    private static final List<String> FOLDERS = List.of("/usr/lib/jvm", "/usr/java", "/opt", "/opt/java");

    private final List<Jdk> all;

    private Jdks(List<Jdk> all) {
        this.all = all;
    }

    /** Looks now. */
    public static Jdks onThisMachine() {
        return in(System.getenv(), Path.of(System.getProperty("java.home")));
    }

    static Jdks in(Map<String, String> environment, Path running) {
        Map<Runtime.Version, Jdk> byVersion = new TreeMap<>(Comparator.naturalOrder());
        candidates(environment, running)
                .flatMap(home -> Jdk.at(home).stream())
                .forEach(jdk -> byVersion.putIfAbsent(jdk.version(), jdk));
        return new Jdks(List.copyOf(byVersion.values()));
    }

    /** All, oldest first. */
    public List<Jdk> all() {
        return all;
    }

    /** All of the feature versions that are given, oldest first. */
    public List<Jdk> of(int... features) {
        return all.stream()
                .filter(jdk -> Arrays.stream(features).anyMatch(feature -> feature == jdk.feature()))
                .toList();
    }

    /** The oldest update of one feature version; empty if there is none here. */
    public Optional<Jdk> find(int feature) {
        return of(feature).stream().findFirst();
    }

    /** The oldest update of one feature version, where tests make no sense without it. */
    public Jdk require(int feature) {
        return find(feature)
                .orElseThrow(() -> new AssertionError("no JDK " + feature + " on this machine, only " + all
                        + ": run tools/other-jdks " + feature + ", or name its home in ASYNC_INSPECT_TEST_JDKS"));
    }

    private static Stream<Path> candidates(Map<String, String> environment, Path running) {
        List<Path> homes = new ArrayList<>();
        for (String home :
                environment.getOrDefault("ASYNC_INSPECT_TEST_JDKS", "").split(File.pathSeparator)) {
            if (!home.isBlank()) {
                homes.add(Path.of(home));
            }
        }
        environment.forEach((name, value) -> {
            if (name.matches("JAVA_HOME(_\\d+)?") && !value.isBlank()) {
                homes.add(Path.of(value));
            }
        });
        homes.add(running);
        FOLDERS.forEach(folder -> homes.addAll(children(Path.of(folder))));
        Path user = Path.of(environment.getOrDefault("HOME", "/"));
        homes.addAll(children(user.resolve(".sdkman/candidates/java")));
        homes.addAll(children(user.resolve(".jdks")));
        homes.addAll(children(cache(environment, user).resolve("jdks/root/usr/lib/jvm")));
        return homes.stream();
    }

    private static Path cache(Map<String, String> environment, Path user) {
        String ours = environment.getOrDefault("ASYNC_INSPECT_CACHE", "");
        if (!ours.isBlank()) {
            return Path.of(ours);
        }
        String everybodys = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (everybodys.isBlank() ? user.resolve(".cache") : Path.of(everybodys)).resolve("async-inspect");
    }

    private static List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(children::add);
            } catch (IOException e) {
                return List.of(); // a folder that may not be read has no JDK for us
            }
        }
        children.sort(Comparator.naturalOrder()); // the same choice on every run
        return children;
    }
}
