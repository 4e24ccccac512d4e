package dev.asyncinspect.weaving.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;

/** Which classes keep a logging context, and which of their methods are told of. */
class ContextWeaverTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ch/qos/logback/classic/util/LogbackMDCAdapter",
                "org/slf4j/helpers/BasicMDCAdapter$1",
                "org/apache/logging/log4j/spi/DefaultThreadContextMap",
                "org/apache/logging/log4j/core/context/internal/GarbageFreeSortedArrayThreadContextMap"
            })
    void a_class_that_keeps_a_context_is_known(String name) {
        assertThat(ContextWeaver.isContext(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/slf4j/MDC",
                "org/slf4j/helpers/NOPMDCAdapter",
                "org/apache/logging/log4j/ThreadContext",
                "shop/DefaultThreadContextMap"
            })
    void a_facade_and_what_keeps_nothing_are_left_alone(String name) {
        assertThat(ContextWeaver.isContext(name)).isFalse();
    }

    @Test
    void changes_of_the_context_are_told_and_nothing_else() throws IOException {
        ContextWeaver.Woven woven = ContextWeaver.weave(new ClassReader(bytes(Keeps.class)));
        assertThat(woven.places()).as("put, putAll, remove, clear, childValue").isEqualTo(5);
        assertThat(ProgramBridge.LAYOUT.isCalledIn(woven.bytes())).isTrue();
        assertThat(ContextWeaver.weave(new ClassReader(bytes(KeepsNothing.class)))
                        .places())
                .isZero();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = type.getName().replaceFirst(".*\\.", "") + ".class";
        try (InputStream stream = type.getResourceAsStream(file)) {
            assertThat(stream).as(file).isNotNull();
            return stream.readAllBytes();
        }
    }

    static class Keeps extends InheritableThreadLocal<Map<String, String>> {

        public void put(String key, String value) {}

        public void putAll(Map<String, String> all) {}

        public void remove(String key) {}

        public void clear() {}

        public String get(String key) {
            return key;
        }

        public void put(Object key) {}

        static void put(String key) {}

        @Override
        protected Map<String, String> childValue(Map<String, String> parent) {
            return Map.copyOf(parent);
        }
    }

    static class KeepsNothing {

        public List<String> keys() {
            return List.of();
        }
    }
}
