package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Frame;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapDumperTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    'garbage-first heap   total reserved 6172672K, committed 393216K, used 5262K [0x1)| region size 4096K', 5388288
                    'garbage-first heap   total 262144K, used 3M [0x1)| Metaspace       used 900K, committed 1M', 3145728
                    'ZHeap            used 6M, capacity 378M, max capacity 6028M| Cache           372M (1)', 6291456
                    'PSYoungGen      total 9K, used 10K [0x1)| eden space 7K, 16% used|ParOldGen       total 9K, used 2K', 12288
                    'Shenandoah Heap| 6028M max, 6028M soft max, 396M committed, 18432K used', 18874368
                    nothing of the kind, 0
                    """)
    void each_collector_tells_how_much_is_used(String info, long bytes) {
        assertThat(HeapDumper.used(info.replace('|', '\n'))).isEqualTo(bytes);
    }

    @Test
    void what_the_optimising_compiler_has_compiled_is_told_by_level_4() {
        String list = """
                4711:
                23 4 0 shop.Bank.pay(Ljava/lang/String;)I [0x00007f1, 0x00007f2 - 0x00007f3]
                25 4 0 java.io.BufferedInputStream.read()I [0x00007f1, 0x00007f2 - 0x00007f3]
                24 3 2 shop.Bank.ask()V [0x00007f1, 0x00007f2 - 0x00007f3]
                """;
        CompiledMethods compiled = CompiledMethods.of(new Answering(list), CompiledMethods.UNKNOWN);
        assertThat(compiled.mayBeOn(List.of(frame("ask"), frame("pay")))).isTrue();
        assertThat(compiled.mayBeOn(List.of(frame("ask")))).isFalse();
        Frame reading = new Frame("java.io.BufferedInputStream", "read", "BufferedInputStream.java", 1);
        assertThat(compiled.mayBeOn(List.of(reading, frame("ask"))))
                .as("bytes hide nothing")
                .isFalse();
        CompiledMethods later = CompiledMethods.of(new Answering("1 4 0 a.B.c() [0x1]"), compiled);
        assertThat(later.mayBeOn(List.of(frame("pay")))).isTrue();
    }

    @Test
    void of_a_jvm_that_does_not_tell_any_frame_may_be_compiled() {
        assertThat(CompiledMethods.UNKNOWN.mayBeOn(List.of(frame("ask")))).isTrue();
        CompiledMethods silent =
                CompiledMethods.of(new Answering("Unknown diagnostic command"), CompiledMethods.UNKNOWN);
        assertThat(silent.mayBeOn(List.of(frame("ask")))).isTrue();
    }

    private static Frame frame(String method) {
        return new Frame("shop.Bank", method, "Bank.java", 1);
    }

    private record Answering(String answer) implements AttachChannel {

        @Override
        public String command(String command) {
            return answer;
        }

        @Override
        public Properties systemProperties() throws IOException {
            throw new IOException("not in this test");
        }

        @Override
        public void close() {}
    }
}
