package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the one jar: a handful of visible classes, and everything else where no class loader finds it by chance. */
class JarLayoutTest {

    @Test
    void only_the_bootstrap_is_visible() throws IOException {
        try (JarFile jar = new JarFile(Shipped.JAR.toFile())) {
            List<String> visible = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .filter(name -> !name.startsWith("inspect/"))
                    .toList();
            assertThat(visible)
                    .contains(
                            "META-INF/MANIFEST.MF",
                            "META-INF/LICENSE",
                            "dev/asyncinspect/Main.class",
                            "dev/asyncinspect/AgentBootstrap.class",
                            "dev/asyncinspect/IsolatedLoader.class")
                    .allMatch(name -> name.startsWith("META-INF/") || name.matches("dev/asyncinspect/[^/]+\\.class"))
                    .noneMatch(name -> name.startsWith("META-INF/services/"))
                    .hasSizeLessThan(16);
        }
    }

    @Test
    void no_nested_class_is_a_class_file() throws IOException {
        try (JarFile jar = new JarFile(Shipped.JAR.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.startsWith("inspect/")))
                    .isNotEmpty()
                    .noneMatch(name -> name.endsWith(".class"))
                    .noneMatch(name -> name.endsWith(".jar"));
        }
    }

    @Test
    void nothing_is_nested_that_nobody_asked_for() throws IOException {
        Set<String> packages = new TreeSet<>();
        try (JarFile jar = new JarFile(Shipped.JAR.toFile())) {
            jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("inspect/") && name.endsWith(".classdata"))
                    .forEach(name ->
                            packages.add(name.split("/")[1] + ":" + name.split("/")[2] + "/" + name.split("/")[3]));
        }
        assertThat(packages.stream().filter(name -> !name.endsWith(".classdata") && !name.startsWith("cli:picocli")))
                .containsExactlyInAnyOrder(
                        "agent:dev/asyncinspect", "cli:dev/asyncinspect", "cli:org/objectweb", "cli:tools/jackson");
    }

    @Test
    void the_manifest_makes_it_runnable_and_an_agent() throws IOException {
        try (JarFile jar = new JarFile(Shipped.JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.asyncinspect.Main");
            assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.asyncinspect.AgentBootstrap");
            assertThat(manifest.getValue("Agent-Class")).isEqualTo("dev.asyncinspect.AgentBootstrap");
            assertThat(manifest.getValue("Add-Exports")).isEqualTo("jdk.attach/sun.tools.attach");
            assertThat(manifest.getValue("Boot-Class-Path")).isNull();
        }
    }
}
