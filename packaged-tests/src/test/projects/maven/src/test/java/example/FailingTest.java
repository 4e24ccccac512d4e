package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailingTest {

    @Test
    void fails_for_a_reason_of_its_own() {
        assertEquals(1, 2);
    }
}
