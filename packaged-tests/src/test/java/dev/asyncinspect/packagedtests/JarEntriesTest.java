package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class JarEntriesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/entries.txt");

    /** Nested classes are listed as their folder; every other entry by its name. */
    @Test
    void entries_areExactlyThoseOfTheList() throws IOException {
        List<String> actual = List.copyOf(new TreeSet<>(Stream.concat(files().map(ZipEntry::getName), packed())
                .map(name -> name.replaceAll("[^/]+\\.classdata$", "*.classdata"))
                .toList()));
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.write(GOLDEN, actual);
        }
        assertThat(actual)
                .as("entries of the jar; after an intended change run with -Dgolden.rewrite=true")
                .containsExactlyElementsOf(Files.readAllLines(GOLDEN));
    }

    @Test
    void classes_liePlainInTheBootstrapPackageAndNowhereElse() throws IOException {
        assertThat(files().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                .isNotEmpty()
                .allMatch(name -> name.matches("dev/asyncinspect/[^/]+\\.class"));
    }

    @Test
    void nestedLibraries_bringNoServiceFileOrManifestToTheVisibleLevel() throws IOException {
        assertThat(files().map(ZipEntry::getName).filter(name -> name.startsWith("META-INF/")))
                .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", "META-INF/LICENSE");
    }

    @Test
    void entries_allCarryTheTimeOfTheBuildsDefinition() throws IOException {
        assertThat(files().map(ZipEntry::getTimeLocal).distinct())
                .as("times, which would make two builds of one source differ")
                .hasSize(1);
    }

    /** A JVM that loads the jar as an agent lists all of them before the program begins. */
    @Test
    void entries_are_few() throws IOException {
        assertThat(files().count()).isLessThan(1_200);
    }

    @Test
    void size_staysSmallEnoughToMailAndToLoadQuickly() throws IOException {
        assertThat(Files.size(Shipped.JAR)).isLessThan(8 << 20);
    }

    /** The agent may hold nothing that the JVM has to make a class of when it first comes by: each costs the start of a recording. */
    @Test
    void classes_of_the_agent_have_no_lambdas() throws IOException {
        assertThat(Packs.read(Packs.AGENT))
                .hasSizeGreaterThan(100)
                .allSatisfy((name, bytes) -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1)
                                .contains("java/lang/invoke/LambdaMetafactory"))
                        .as(name)
                        .isFalse());
    }

    private static Stream<String> packed() throws IOException {
        List<String> names = new ArrayList<>();
        for (String pack : Packs.entries()) {
            for (String name : Packs.read(pack).keySet()) {
                names.add(pack + "!" + name.replace('.', '/') + ".classdata");
            }
        }
        return names.stream();
    }

    private static Stream<? extends ZipEntry> files() throws IOException {
        try (ZipFile zip = new ZipFile(Shipped.JAR.toFile())) {
            return zip.stream().filter(entry -> !entry.isDirectory()).toList().stream();
        }
    }
}
