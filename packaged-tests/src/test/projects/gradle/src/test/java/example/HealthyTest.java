package example;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class HealthyTest {

    @Test
    public void adds() {
        assertEquals(3, 1 + 2);
    }
}
