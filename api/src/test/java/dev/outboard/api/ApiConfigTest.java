package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiConfigTest {

    private static void refused(String host, int port, int maxBody, Duration drain, int connections) {
        assertThrows(IllegalArgumentException.class,
                () -> new ApiConfig(host, port, maxBody, drain, connections, Set.of()));
    }

    @Test
    void listensOnLoopbackUnlessTold() {
        assertEquals("127.0.0.1", ApiConfig.defaults().host());
        assertEquals(8080, ApiConfig.defaults().port());
        assertEquals(4 << 20, ApiConfig.defaults().maxBody());
        assertEquals(Set.of(), ApiConfig.defaults().corsOrigins());
    }

    @Test
    void refusesWhatCannotBe() {
        refused(" ", 0, 4096, Duration.ZERO, 16);
        refused("h", -1, 4096, Duration.ZERO, 16);
        refused("h", 65536, 4096, Duration.ZERO, 16);
        refused("h", 0, 1023, Duration.ZERO, 16);
        refused("h", 0, (64 << 20) + 1, Duration.ZERO, 16);
        refused("h", 0, 4096, Duration.ofSeconds(-1), 16);
        refused("h", 0, 4096, Duration.ofMinutes(11), 16);
        refused("h", 0, 4096, Duration.ZERO, 15);
        refused("h", 0, 4096, Duration.ZERO, 1_000_001);
    }

    @Test
    void connectionsLeaveFileDescriptorsForTheRest() {
        assertEquals(640, ApiConfig.connections(1024));
        assertEquals(17_244, ApiConfig.connections(20_000));
        assertEquals(20_000, ApiConfig.connections(1 << 20));
        assertEquals(16, ApiConfig.connections(64));
        for (int connections : new int[]{16, 640, 20_000}) {
            int watchers = ApiConfig.defaults().withMaxConnections(connections).maxWatchers();
            assertTrue(watchers >= 1 && watchers < connections, connections + " " + watchers);
        }
        assertTrue(ApiConfig.connections(20_000) > 10_000);
    }

    @Test
    void originsAreAsBrowsersWriteThem() {
        var origins = ApiConfig.defaults()
                .withCorsOrigins(List.of("https://Console.Example:443", "http://localhost:3000", "http://[::1]:80",
                        "https://console.example"))
                .corsOrigins();
        assertEquals(Set.of("https://console.example", "http://localhost:3000", "http://[::1]"), origins);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "console.example", "https://console.example/", "https://a b", "ftp://x",
            "https://ann@x", "null", "https://x?a", "https://"})
    void whatIsNoOriginIsRefused(String text) {
        var refused = assertThrows(IllegalArgumentException.class,
                () -> ApiConfig.defaults().withCorsOrigins(List.of(text)));
        assertTrue(refused.getMessage().contains("'" + text + "'"), refused.getMessage());
    }
}
