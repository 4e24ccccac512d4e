package dev.asyncinspect.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The numbers that are written to files and to the link: new ones are added, none is ever changed. */
class EventCodesV1Test {

    private static final Path GOLDEN = Path.of("src/test/golden/event-codes-v1.txt");

    @Test
    void every_code_has_the_number_of_version_1() throws IOException, IllegalAccessException {
        StringBuilder codes = new StringBuilder();
        for (Field code : EventCodes.class.getDeclaredFields()) {
            if (!code.isSynthetic()) {
                codes.append(code.getName())
                        .append(' ')
                        .append(code.getInt(null))
                        .append('\n');
            }
        }
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, codes);
        }

        assertThat(codes.toString()).as("%s", GOLDEN).isEqualTo(Files.readString(GOLDEN));
    }
}
