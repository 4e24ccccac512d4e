package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTextsTest {

    private final Film symbols = new Film();
    private final List<RecordedEvent> told = new ArrayList<>();
    private final EventTexts texts = new EventTexts(symbols, told::add);

    @Test
    void a_task_that_was_there_when_the_recording_began_is_told_to_be_there_and_not_to_be_made_at_a_place() {
        texts.created(0, 1, EventCodes.PLATFORM_THREAD, symbols.symbol("before the recording"), 0);
        texts.created(0, 2, EventCodes.PLATFORM_THREAD, symbols.symbol("shop.Main.go(Main.java:7)"), 1);
        assertThat(told)
                .extracting(RecordedEvent::text)
                .containsExactly(
                        "platform, there before the recording", "platform, at shop.Main.go(Main.java:7), by #1");
    }
}
