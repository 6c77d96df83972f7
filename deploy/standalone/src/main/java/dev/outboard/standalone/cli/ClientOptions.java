package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every client verb; they may stand before the verb or after it, and after it wins. */
public final class ClientOptions {
    private static final String DEFAULT_SERVER = "http://127.0.0.1:8080";

    /** How data is printed. */
    enum Format {
        JSON, TABLE
    }

    @Option(names = {"-o",
            "--output"}, paramLabel = "json|table", description = "Print the server's JSON, or a table (default).")
    private @Nullable Format format;

    @Option(names = "--server", paramLabel = "URL", description = "Where the API is (default: OUTBOARD_SERVER, or "
            + DEFAULT_SERVER + ").")
    private @Nullable String server;

    @Option(names = "--patience", paramLabel = "SECONDS", description = "How long to try while the server is away or busy, 0 to 86400 (default: run 60, others 10).")
    private @Nullable Integer patience;

    /** Whether to print JSON. */
    boolean json(ClientOptions global) {
        return (format == null ? global.format : format) == Format.JSON;
    }

    /**
     * @param fromEnvironment the value of OUTBOARD_SERVER, or null
     * @throws Failure if it is no http address
     */
    URI server(ClientOptions global, @Nullable String fromEnvironment) {
        var text = firstOf(server, global.server, fromEnvironment);
        try {
            var uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // told below
        }
        throw new Failure(ExitCode.USAGE, "'" + Json.oneLine(text) + "' is not the address of a server",
                "give one as --server http://HOST:PORT");
    }

    /** @throws Failure if it is out of its range */
    Duration patience(ClientOptions global, Duration usual) {
        var seconds = patience == null ? global.patience : patience;
        if (seconds == null) {
            return usual;
        }
        if (seconds < 0 || seconds > 86_400) {
            throw new Failure(ExitCode.USAGE, "--patience " + seconds + " is not in 0..86400", "give it in seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    private static String firstOf(@Nullable String... candidates) {
        for (var candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        return DEFAULT_SERVER;
    }
}
