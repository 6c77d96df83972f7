package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code outboard run}. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Runs a job, waits for its end and prints its outputs.",
        "A lost connection is no harm: the same request is repeated and makes one job.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:the job succeeded", "1:the job failed", "2:wrong usage or a bad job file",
                "3:unknown task type or job", "7:the job was cancelled",
                "8:the server could not be reached"}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard run -f examples/duckdb-report.json",
                        "  ./outboard run -f job.json --key nightly-2026-11-20    the same job if run twice",
                        "  generate-job | ./outboard run -f - -o json > job.json"})
public final class RunVerb extends ClientVerb {
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(1);
    private static final Duration FIRST_POLL = Duration.ofMillis(200);
    private static final Duration SLOWEST_POLL = Duration.ofSeconds(2);
    /** Whatever the server asks for: a person watches. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final String KEY_FORM = "[!-~]{1,255}";

    @Option(names = {"-f",
            "--file"}, paramLabel = "FILE", required = true, description = "The job as JSON; - reads standard input.")
    private String file;

    @Option(names = "--key", paramLabel = "KEY", description = "Idempotency key, 1 to 255 visible ASCII characters (default: a random one).")
    private @Nullable String key;

    private Progress progress;

    /** Fields are set by picocli, progress before the first use. */
    @SuppressWarnings("NullAway.Init")
    RunVerb() {}

    @Override
    Duration usualPatience() {
        return USUAL_PATIENCE;
    }

    @Override
    void tell(String line) {
        progress.line(line);
    }

    @Override
    ExitCode act(JobsClient client, Patience patience) throws JobsException, InterruptedException {
        var sentKey = Objects.requireNonNullElseGet(key, () -> UUID.randomUUID().toString());
        if (!sentKey.matches(KEY_FORM)) {
            throw new Failure(ExitCode.USAGE, "--key is not 1 to 255 visible ASCII characters",
                    "choose a shorter, plain key");
        }
        var again = "./outboard run -f " + file + " --key " + sentKey + " (the same key makes no second job)";
        var body = JobFile.read(file, System.in);
        progress = Progress.on(spec().commandLine().getErr(),
                Terminal.detect(System.getProperty(Terminal.COLUMNS_PROPERTY), System.getenv()));
        try (var hint = StopHint.install(progress, again)) {
            var created = create(client, patience, body, sentKey, again);
            hint.jobIs(created.value().id());
            return Outcome.report(follow(client, patience, created), json(), this::print, this::tell);
        } finally {
            progress.end();
        }
    }

    private Answer<Job> create(JobsClient client, Patience patience, byte[] body, String sentKey, String again)
            throws JobsException, InterruptedException {
        try {
            var created = patience.call(() -> client.create(body, sentKey));
            tell("job " + created.value().id() + (created.replayed() ? ", made earlier with this key" : ""));
            return created;
        } catch (JobsException.NoConnection e) {
            throw e; // surely not received: that a server is needed is the better advice
        } catch (JobsException e) {
            if (e.passing()) {
                var failure = Failures.of(e, server());
                throw new Failure(failure.exit(), failure.getMessage(), failure.details(), again);
            }
            throw e;
        }
    }

    private Answer<Job> follow(JobsClient client, Patience patience, Answer<Job> created)
            throws JobsException, InterruptedException {
        var id = created.value().id();
        var seen = created;
        var pause = FIRST_POLL;
        progress.show(seen.value());
        while (!seen.value().ended()) {
            var wanted = seen.retryAfter();
            TimeUnit.NANOSECONDS.sleep((wanted == null ? pause : shorter(wanted, LONGEST_WAIT)).toNanos());
            pause = shorter(pause.multipliedBy(3).dividedBy(2), SLOWEST_POLL);
            seen = poll(client, patience, id);
            progress.show(seen.value());
        }
        progress.end();
        return seen;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private Answer<Job> poll(JobsClient client, Patience patience, String id)
            throws JobsException, InterruptedException {
        try {
            return patience.call(() -> client.get(id));
        } catch (JobsException e) {
            if (e.passing()) {
                throw new Failure(ExitCode.UNREACHABLE,
                        "the server is away (" + e.getMessage() + "); job " + id + " goes on",
                        "see it with ./outboard get " + id + " when the server is back");
            }
            throw e;
        }
    }
}
