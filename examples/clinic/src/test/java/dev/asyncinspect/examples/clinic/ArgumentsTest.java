package dev.asyncinspect.examples.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void a_fault_alone_is_sick_on_platform_threads_with_its_usual_size() throws UsageException {
        Arguments arguments = Arguments.parse(List.of("lock-cycle"), true);

        assertThat(arguments.fault()).isInstanceOf(LockCycle.class);
        assertThat(arguments.healthy()).isFalse();
        assertThat(arguments.threads()).isEqualTo(ThreadKind.PLATFORM);
        assertThat(arguments.size()).isEqualTo(2);
        assertThat(arguments.noise()).isZero();
        assertThat(arguments.namePrefix()).isEmpty();
        assertThat(arguments.seed()).isNull();
    }

    @Test
    void every_option_is_understood() throws UsageException {
        String line = "lock-cycle --healthy --threads mixed --name-prefix x- --size 7 --noise 20 --seed -3";

        Arguments arguments = Arguments.parse(List.of(line.split(" ")), true);

        assertThat(arguments.healthy()).isTrue();
        assertThat(arguments.threads()).isEqualTo(ThreadKind.MIXED);
        assertThat(arguments.namePrefix()).isEqualTo("x-");
        assertThat(arguments.size()).isEqualTo(7);
        assertThat(arguments.noise()).isEqualTo(20);
        assertThat(arguments.seed()).isEqualTo(-3L);
    }

    @Test
    void a_fault_of_virtual_threads_needs_no_option_to_be_on_them() throws UsageException {
        assertThat(Arguments.parse(List.of("carrier-starvation"), true).threads())
                .isEqualTo(ThreadKind.VIRTUAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                     | usage: java -jar clinic.jar FAULT
                    deadlock                               | unknown fault deadlock; --list names them all
                    lock-cycle --sick                      | unknown argument --sick
                    lock-cycle --size                      | --size needs a value
                    lock-cycle --size 1                    | --size is a whole number from 2 to 1000: 1
                    lock-cycle --size many                 | --size is a whole number from 2 to 1000: many
                    lock-cycle --noise -1                  | --noise is a whole number from 0 to 100000: -1
                    lock-cycle --seed x                    | --seed is a whole number
                    lock-cycle --threads green             | --threads is one of platform, virtual, mixed: green
                    class-init-cycle --size 3              | --size is a whole number from 2 to 2: 3
                    carrier-starvation --threads platform  | --threads platform is not available
                    """)
    void a_wrong_argument_is_named_in_one_line(String line, String message) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Arguments.parse(words, true))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.line()).hasLineCount(1));
    }

    @ParameterizedTest
    @CsvSource({"lock-cycle --threads virtual", "lock-cycle --threads mixed", "carrier-starvation"})
    void virtual_threads_are_refused_where_there_are_none(String line) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Arguments.parse(List.of(line.split(" ")), false))
                .withMessageContaining("virtual threads need Java 21 or newer");
    }
}
