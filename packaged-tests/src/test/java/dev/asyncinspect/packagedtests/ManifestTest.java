package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class ManifestTest {

    @Test
    void attributes_areExactlyThese() throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        try (JarFile jar = new JarFile(Shipped.JAR.toFile())) {
            jar.getManifest().getMainAttributes().forEach((name, value) -> attributes.put(name + "", value + ""));
        }
        attributes.remove("Created-By"); // the jar plugin and its version
        attributes.remove("Build-Jdk-Spec");
        assertThat(attributes)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("Manifest-Version", "1.0"),
                        Map.entry("Main-Class", "dev.asyncinspect.Main"),
                        Map.entry("Premain-Class", "dev.asyncinspect.AgentBootstrap"),
                        Map.entry("Agent-Class", "dev.asyncinspect.AgentBootstrap"),
                        Map.entry("Can-Redefine-Classes", "true"),
                        Map.entry("Can-Retransform-Classes", "true"),
                        Map.entry("Add-Exports", "jdk.attach/sun.tools.attach"),
                        Map.entry("Enable-Native-Access", "ALL-UNNAMED"),
                        Map.entry("Automatic-Module-Name", "dev.asyncinspect"),
                        Map.entry("Implementation-Title", "async-inspect"),
                        Map.entry("Implementation-Version", System.getProperty("shipped.version"))));
    }

    @Test
    void mainClass_isOneThatEveryJavaCanLoad() throws IOException {
        assertThat(classFileVersion("dev/asyncinspect/Main.class")).isEqualTo(52);
    }

    @Test
    void otherBootstrapClasses_areForJava17() throws IOException {
        assertThat(classFileVersion("dev/asyncinspect/AgentBootstrap.class")).isEqualTo(61);
        assertThat(classFileVersion("dev/asyncinspect/IsolatedLoader.class")).isEqualTo(61);
    }

    private static int classFileVersion(String entry) throws IOException {
        try (JarFile jar = new JarFile(Shipped.JAR.toFile());
                DataInputStream bytes = new DataInputStream(jar.getInputStream(jar.getJarEntry(entry)))) {
            assertThat(bytes.readInt()).isEqualTo(0xCAFEBABE);
            bytes.readUnsignedShort(); // minor
            return bytes.readUnsignedShort();
        }
    }
}
