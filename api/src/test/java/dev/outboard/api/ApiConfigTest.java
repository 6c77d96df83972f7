package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApiConfigTest {

    private static void refused(String host, int port, int maxBody, Duration drain) {
        assertThrows(IllegalArgumentException.class, () -> new ApiConfig(host, port, maxBody, drain));
    }

    @Test
    void listensOnLoopbackUnlessTold() {
        assertEquals("127.0.0.1", ApiConfig.defaults().host());
        assertEquals(8080, ApiConfig.defaults().port());
        assertEquals(4 << 20, ApiConfig.defaults().maxBody());
    }

    @Test
    void refusesWhatCannotBe() {
        refused(" ", 0, 4096, Duration.ZERO);
        refused("h", -1, 4096, Duration.ZERO);
        refused("h", 65536, 4096, Duration.ZERO);
        refused("h", 0, 1023, Duration.ZERO);
        refused("h", 0, (64 << 20) + 1, Duration.ZERO);
        refused("h", 0, 4096, Duration.ofSeconds(-1));
        refused("h", 0, 4096, Duration.ofMinutes(11));
    }
}
