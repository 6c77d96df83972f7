package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every client verb; they may stand before the verb or after it, and after it wins. */
public final class ClientOptions {
    private static final int LONGEST_PATIENCE = 86_400;

    private final Surroundings surroundings;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", description = "How data is printed: table (default), wide, json, jsonl or name; COMMAND --help tells which it has.")
    private @Nullable Format format;

    @Option(names = "--server", paramLabel = "URL", description = {
            "Where the API is (default: OUTBOARD_SERVER, the profile in use, or",
            Target.DEFAULT_SERVER + ")."})
    private @Nullable String server;

    @Option(names = "--profile", paramLabel = "NAME", description = "The profile to use (default: OUTBOARD_PROFILE, or what ./outboard config use chose).")
    private @Nullable String profile;

    @Option(names = "--patience", paramLabel = "SECONDS", description = "How long to try while the server is away or busy, 0 to 86400 (default: 60 where a job is followed, else 10).")
    private @Nullable Integer patience;

    /** Made by picocli for each verb. */
    ClientOptions() {
        this(Surroundings.ofProcess());
    }

    /** Those of the whole command line, which verbs look to. */
    public ClientOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /**
     * @param known what the verb can print; the first is its default
     * @throws Failure if another is asked for
     */
    Format format(ClientOptions global, Set<Format> known) {
        var asked = format == null ? global.format : format;
        if (asked == null) {
            return known.iterator().next();
        }
        if (!known.contains(asked)) {
            throw new Failure(ExitCode.USAGE, "this command has no -o " + word(asked),
                    "use " + known.stream().map(ClientOptions::word).collect(Collectors.joining(", ")));
        }
        return asked;
    }

    /** Where to go, as whom. */
    Target target(ClientOptions global) {
        return Target.of(server == null ? global.server : server, profile == null ? global.profile : profile,
                global.surroundings.environment());
    }

    /** @throws Failure if it is out of its range */
    Duration patience(ClientOptions global, Duration usual) {
        var seconds = patience == null ? global.patience : patience;
        if (seconds == null) {
            return usual;
        }
        if (seconds < 0 || seconds > LONGEST_PATIENCE) {
            throw new Failure(ExitCode.USAGE, "--patience " + seconds + " is not in 0..86400", "give it in seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    private static String word(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
