package dev.outboard.api;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How the doors are opened.
 *
 * @param host to listen on; the loopback address until it can be said who may come in
 * @param port from 0 to 65535; 0 for any free one
 * @param maxBody of a request, in bytes, from 1 KiB to 64 MiB
 * @param drain how long a stop waits for requests in flight, not negative, at most 10 minutes
 * @param maxConnections at a time, from 16 to 1 000 000; more wait to be accepted. Each costs a file descriptor
 * @param corsOrigins whose pages may call, each scheme, host and port as browsers write them; none by default
 */
public record ApiConfig(String host, int port, int maxBody, Duration drain, int maxConnections,
        Set<String> corsOrigins) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;
    private static final int KIB = 1024;
    private static final int MOST_BY_DEFAULT = 20_000;
    /** File descriptors that are not for connections: Kafka's, the jars', in one JVM with a broker its log files. */
    private static final int RESERVE = 256;

    public ApiConfig {
        require(!host.isBlank(), "host must not be empty");
        require(port >= 0 && port <= 65535, "port must be from 0 to 65535, not " + port);
        require(maxBody >= KIB && maxBody <= 64 * KIB * KIB, "maxBody must be from 1 KiB to 64 MiB, not " + maxBody);
        require(!drain.isNegative() && drain.compareTo(Duration.ofMinutes(10)) <= 0,
                "drain must be from 0 to 10 minutes, not " + drain);
        require(maxConnections >= 16 && maxConnections <= 1_000_000,
                "maxConnections must be from 16 to 1000000, not " + maxConnections);
        var origins = new LinkedHashSet<String>();
        corsOrigins.forEach(text -> origins.add(origin(text)));
        corsOrigins = Set.copyOf(origins);
    }

    /**
     * The defaults: 127.0.0.1:8080, bodies up to 4 MiB, 5 s to drain, as many connections as this process has file
     * descriptors to spare, but no more than 20 000, and no page of another origin.
     */
    public static ApiConfig defaults() {
        return new ApiConfig(DEFAULT_HOST, DEFAULT_PORT, 4 * KIB * KIB, Duration.ofSeconds(5), connections(),
                Set.of());
    }

    /** The same on another address. */
    public ApiConfig withHost(String other) {
        return new ApiConfig(other, port, maxBody, drain, maxConnections, corsOrigins);
    }

    /** The same on another port. */
    public ApiConfig withPort(int other) {
        return new ApiConfig(host, other, maxBody, drain, maxConnections, corsOrigins);
    }

    /** The same with another time to drain. */
    public ApiConfig withDrain(Duration other) {
        return new ApiConfig(host, port, maxBody, other, maxConnections, corsOrigins);
    }

    /** The same with another number of connections. */
    public ApiConfig withMaxConnections(int other) {
        return new ApiConfig(host, port, maxBody, drain, other, corsOrigins);
    }

    /** The same for pages of these origins. */
    public ApiConfig withCorsOrigins(Collection<String> others) {
        return new ApiConfig(host, port, maxBody, drain, maxConnections, new LinkedHashSet<>(others));
    }

    /** How many requests may wait for a job to change: what is left is for those that do not wait. */
    int maxWatchers() {
        return maxConnections - maxConnections / 8 - 1;
    }

    private static int connections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? connections(unix.getMaxFileDescriptorCount())
                : MOST_BY_DEFAULT;
    }

    /** Of so many file descriptors. */
    static int connections(long descriptors) {
        return (int) Math.clamp(descriptors - RESERVE - descriptors / 8, 16, MOST_BY_DEFAULT);
    }

    private static String origin(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean https = scheme.equals("https");
            if ((https || scheme.equals("http")) && uri.getHost() != null && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                var port = uri.getPort() < 0 || uri.getPort() == (https ? 443 : 80) ? "" : ":" + uri.getPort();
                return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + text + "' is no origin, such as https://console.example");
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
