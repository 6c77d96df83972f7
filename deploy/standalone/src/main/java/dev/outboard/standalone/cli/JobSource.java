package dev.outboard.standalone.cli;

import dev.outboard.client.Created;
import dev.outboard.client.JobRequest;
import dev.outboard.client.OutboardClient;
import dev.outboard.client.OutboardException;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.io.InputStream;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The job that a command line hands over, and its key. */
final class JobSource {
    private static final String KEY_FORM = "[!-~]{1,255}";

    @Option(names = {"-f",
            "--file"}, paramLabel = "FILE", required = true, description = "The job as JSON; - reads standard input.")
    private String file;

    @Option(names = "--key", paramLabel = "KEY", description = "Idempotency key, 1 to 255 visible ASCII characters (default: a random one).")
    private @Nullable String key;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    JobSource() {}

    /**
     * A job that was read and has a key.
     *
     * @param again the advice that makes the same call again
     */
    record Ready(JobRequest job, String key, String again) {

        /**
         * @throws Failure if it is not known whether the job was taken
         */
        Created create(OutboardClient client, ClientVerb verb) throws InterruptedException {
            try {
                return client.create(job, key);
            } catch (OutboardException.NoConnection e) {
                throw e; // surely not received: that a server is needed is the better advice
            } catch (OutboardException e) {
                if (e.passing()) {
                    var failure = verb.failure(e);
                    throw new Failure(failure.exit(), failure.getMessage(), failure.details(), again);
                }
                throw e;
            }
        }
    }

    /** @throws Failure if it cannot be read, or the key is none */
    Ready read(String verb, InputStream in) {
        var sent = Objects.requireNonNullElseGet(key, () -> UUID.randomUUID().toString());
        if (!sent.matches(KEY_FORM)) {
            throw new Failure(ExitCode.USAGE, "--key is not 1 to 255 visible ASCII characters",
                    "choose a shorter, plain key");
        }
        return new Ready(JobRequest.json(JobFile.read(file, in)), sent,
                "./outboard " + verb + " -f " + file + " --key " + sent + " (the same key makes no second job)");
    }

    /** What a person is told of a job that was handed over. */
    static String told(Created created) {
        return "job " + created.job().id() + (created.replayed() ? ", made earlier with this key" : "");
    }
}
