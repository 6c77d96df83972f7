package dev.outboard.api;

import java.time.Duration;

/**
 * How the doors are opened.
 *
 * @param host to listen on; the loopback address until it can be said who may come in
 * @param port from 0 to 65535; 0 for any free one
 * @param maxBody of a request, in bytes, from 1 KiB to 64 MiB
 * @param drain how long a stop waits for requests in flight, not negative, at most 10 minutes
 */
public record ApiConfig(String host, int port, int maxBody, Duration drain) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;
    private static final int KIB = 1024;

    public ApiConfig {
        require(!host.isBlank(), "host must not be empty");
        require(port >= 0 && port <= 65535, "port must be from 0 to 65535, not " + port);
        require(maxBody >= KIB && maxBody <= 64 * KIB * KIB, "maxBody must be from 1 KiB to 64 MiB, not " + maxBody);
        require(!drain.isNegative() && drain.compareTo(Duration.ofMinutes(10)) <= 0,
                "drain must be from 0 to 10 minutes, not " + drain);
    }

    /** The defaults: 127.0.0.1:8080, bodies up to 4 MiB, 5 s to drain. */
    public static ApiConfig defaults() {
        return new ApiConfig(DEFAULT_HOST, DEFAULT_PORT, 4 * KIB * KIB, Duration.ofSeconds(5));
    }

    /** The same on another address. */
    public ApiConfig withHost(String other) {
        return new ApiConfig(other, port, maxBody, drain);
    }

    /** The same on another port. */
    public ApiConfig withPort(int other) {
        return new ApiConfig(host, other, maxBody, drain);
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
