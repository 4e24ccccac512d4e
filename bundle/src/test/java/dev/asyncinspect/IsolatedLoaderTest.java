package dev.asyncinspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolatedLoaderTest {

    private static final String NESTED = "dev.asyncinspect.IsolatedLoaderTest$Nested";
    private static final String SECOND = "dev.asyncinspect.IsolatedLoaderTest$Second";

    @TempDir
    Path folder;

    private IsolatedLoader loader;
    private URL location;

    /** What lies nested in the jar: a service of the JDK, so that it can be asked for from outside. */
    public static final class Nested implements Runnable {
        @Override
        public void run() {}
    }

    /** Another one. */
    public static final class Second {}

    @BeforeEach
    void nest() throws IOException {
        Path jar = jar();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                InputStream type = Nested.class.getResourceAsStream("IsolatedLoaderTest$Nested.class")) {
            put(zip, "inspect/it/dev/asyncinspect/IsolatedLoaderTest$Nested.classdata", type.readAllBytes());
            put(zip, "inspect/it/META-INF/services/java.lang.Runnable", NESTED.getBytes(StandardCharsets.UTF_8));
            put(zip, "inspect/it/broken.classdata", new byte[] {1, 2, 3});
            put(zip, "inspect/other/secret.txt", new byte[] {1});
            put(zip, "inspect/packed/classes.pack", pack());
            put(zip, "inspect/byPackage/dev.pack", pack());
        }
        location = jar.toUri().toURL();
        loader = new IsolatedLoader(new JarFile(jar.toFile()), location, "inspect/it/");
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    @Test
    void a_nested_class_is_not_the_one_of_the_program() throws Exception {
        Class<?> nested = Class.forName(NESTED, true, loader);
        assertThat(nested).isNotEqualTo(Nested.class);
        assertThat(nested.getClassLoader()).isSameAs(loader);
        assertThat(nested.getPackage().getName()).isEqualTo("dev.asyncinspect");
        assertThat(nested.getProtectionDomain().getCodeSource().getLocation()).isEqualTo(location);
    }

    @Test
    void a_class_in_a_pack_is_loaded_from_there_also_when_the_pack_has_been_forgotten() throws Exception {
        try (IsolatedLoader packed = new IsolatedLoader(new JarFile(jar().toFile()), location, "inspect/packed/")) {
            Class<?> nested = Class.forName(NESTED, true, packed);
            System.gc(); // the pack is held weakly

            Class<?> second = Class.forName(SECOND, true, packed);

            assertThat(List.of(nested, second)).allSatisfy(type -> {
                assertThat(type.getClassLoader()).isSameAs(packed);
                assertThat(type.getProtectionDomain().getCodeSource().getLocation())
                        .isEqualTo(location);
            });
            assertThat(Class.forName(NESTED, true, packed)).isSameAs(nested);
            assertThatThrownBy(() -> Class.forName("dev.asyncinspect.None", true, packed))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void a_class_in_the_pack_of_its_outermost_package_is_loaded_from_there() throws Exception {
        try (IsolatedLoader packed = new IsolatedLoader(new JarFile(jar().toFile()), location, "inspect/byPackage/")) {
            Class<?> nested = Class.forName(NESTED, true, packed);

            assertThat(nested.getClassLoader()).isSameAs(packed);
            assertThat(Class.forName(SECOND, true, packed).getClassLoader()).isSameAs(packed);
            assertThatThrownBy(() -> Class.forName("dev.asyncinspect.None", true, packed))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> Class.forName("Unpackaged", true, packed))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    private static byte[] pack() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream pack = new DataOutputStream(bytes);
        for (Class<?> type : List.of(Nested.class, Second.class)) {
            try (InputStream stream = type.getResourceAsStream(
                    type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
                byte[] content = stream.readAllBytes();
                pack.writeShort(type.getName().length());
                pack.writeBytes(type.getName());
                pack.writeInt(content.length);
                pack.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private Path jar() {
        return folder.resolve("a jar.jar");
    }

    @Test
    void nothing_of_the_program_is_seen() {
        assertThatThrownBy(() -> Class.forName(IsolatedLoaderTest.class.getName(), false, loader))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("org/assertj/core/api/Assertions.class")).isNull();
    }

    @Test
    void modules_of_the_platform_are_seen() throws Exception {
        assertThat(Class.forName("java.sql.Connection", false, loader)).isEqualTo(java.sql.Connection.class);
    }

    @Test
    void a_service_is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(Runnable.class, loader))
                .singleElement()
                .extracting(service -> service.getClass().getClassLoader())
                .isSameAs(loader);
    }

    @Test
    void a_resource_can_be_asked_for_in_every_way() throws IOException {
        String name = "META-INF/services/java.lang.Runnable";
        try (InputStream stream = loader.getResourceAsStream(name);
                InputStream opened = loader.getResource(name).openStream()) {
            assertThat(stream).hasContent(NESTED);
            assertThat(opened).hasContent(NESTED);
        }
        assertThat(Collections.list(loader.getResources(name))).hasSize(1);
    }

    @Test
    void what_lies_outside_its_folder_is_not_there() {
        assertThat(loader.getResource("secret.txt")).isNull();
        assertThat(loader.getResource("../other/secret.txt")).isNull();
        assertThat(loader.getResource("META-INF/")).isNull();
    }

    @Test
    void many_threads_that_need_one_class_first_get_the_same() throws Exception {
        int threads = 16;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch together = new CountDownLatch(threads);
            List<Future<Class<?>>> loaded = IntStream.range(0, threads)
                    .mapToObj(i -> pool.<Class<?>>submit(() -> {
                        together.countDown();
                        together.await();
                        return Class.forName(NESTED, true, loader);
                    }))
                    .toList();
            for (Future<Class<?>> each : loaded) {
                assertThat(each.get()).isSameAs(loaded.get(0).get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_damaged_class_is_an_error_of_that_class() {
        assertThatThrownBy(() -> Class.forName("broken", true, loader)).isInstanceOf(ClassFormatError.class);
    }

    @Test
    void once_closed_it_finds_nothing_more() throws IOException {
        loader.close();
        assertThat(loader.isClosed()).isTrue();
        assertThatThrownBy(() -> Class.forName(NESTED, true, loader)).isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("META-INF/services/java.lang.Runnable")).isNull();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }
}
