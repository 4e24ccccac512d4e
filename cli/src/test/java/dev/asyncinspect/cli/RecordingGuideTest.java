package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide shows is what the commands print of the recording that is kept in {@code testkit/recordings}. */
class RecordingGuideTest {

    private static final Path PAGE = Path.of("../docs/guide/recording.md");
    private static final String RECORDING = "../testkit/recordings/orders.air";
    private static final Pattern SHOWN =
            Pattern.compile("```\\n\\$ async-inspect ([^\\n]*)\\n(.*?)```", Pattern.DOTALL);

    /** The real files, and otherwise nothing of this machine. */
    private static final class RealFiles extends FakeWorld {
        @Override
        public Observations observations() {
            return Observations.real();
        }
    }

    @Test
    void every_output_in_the_guide_is_the_one_that_the_command_gives() throws IOException {
        String page = Files.readString(PAGE);
        StringBuilder rewritten = new StringBuilder();
        List<String> commands = new ArrayList<>();
        Matcher shown = SHOWN.matcher(page);
        while (shown.find()) {
            String command = shown.group(1);
            commands.add(command);
            String printed = printed(command);
            shown.appendReplacement(
                    rewritten, Matcher.quoteReplacement("```\n$ async-inspect " + command + "\n" + printed + "```"));
        }
        shown.appendTail(rewritten);
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(PAGE, rewritten.toString());
        }
        assertThat(commands).hasSizeGreaterThan(3);
        assertThat(rewritten.toString()).isEqualTo(Files.readString(PAGE));
    }

    private static String printed(String command) {
        RealFiles world = new RealFiles();
        world.run(command.replace("orders.air", RECORDING).split(" "));
        assertThat(world.err.text()).as(command).isEmpty();
        return world.out.text().replace(RECORDING, "orders.air");
    }
}
