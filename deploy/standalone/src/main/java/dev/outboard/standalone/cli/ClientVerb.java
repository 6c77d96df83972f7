package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.OutboardClient;
import dev.outboard.client.OutboardException;
import dev.outboard.standalone.cli.SideBySide.Ending;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the client verbs share: options, a client, and how a call that failed ends the command. */
abstract class ClientVerb implements Callable<Integer> {
    /** For a verb that only asks. */
    static final Duration SHORT_PATIENCE = Duration.ofSeconds(10);
    /** For a verb that follows a job. */
    static final Duration LONG_PATIENCE = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options;

    private Format format;
    private Target target;

    /** Fields are set by picocli or by {@link #call}, before anything reads them. */
    @SuppressWarnings("NullAway.Init")
    ClientVerb() {}

    abstract ExitCode act(OutboardClient client) throws InterruptedException;

    /** What this verb can print; the first is the default. */
    abstract Set<Format> formats();

    @Override
    public final Integer call() throws InterruptedException {
        format = options.format(global(), formats());
        var patience = options.patience(global(), usualPatience());
        target = options.target(global());
        try (var client = OutboardClient.builder(target.server())
                .token(target::token)
                .patience(patience)
                .outages(line -> tell(Text.oneLine(line)))
                .build()) {
            return act(client).code();
        } catch (OutboardException e) {
            throw failure(e);
        }
    }

    Duration usualPatience() {
        return SHORT_PATIENCE;
    }

    final Format format() {
        return format;
    }

    /** What is in the way of one job of several; the others go on. */
    final void tell(Ending.Lost lost) {
        var failure = failure(lost.why());
        tell("error: job " + lost.id() + ": " + failure.getMessage());
        tell("next: " + failure.next());
    }

    final Failure failure(OutboardException e) {
        return Failures.of(e, target.server());
    }

    /** Data, on standard output. */
    final void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    /** A line for a person, on standard error. */
    void tell(String line) {
        spec.commandLine().getErr().println(line);
    }

    /**
     * What the user gave as a job's id. What cannot be one is not sent: it would lead to another path of the server.
     *
     * @throws Failure if it cannot be an id of any server
     */
    static String jobId(String given) {
        if (!given.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new Failure(ExitCode.USAGE, "'" + Text.oneLine(given) + "' is no job id",
                    "give the id as ./outboard run printed it: j and 26 letters and digits");
        }
        return given;
    }

    final CommandSpec spec() {
        return spec;
    }

    final Surroundings surroundings() {
        return global().surroundings();
    }

    private ClientOptions global() {
        return of(spec);
    }

    /** Those of the whole command line. */
    static ClientOptions of(CommandSpec spec) {
        return (ClientOptions) Objects.requireNonNull(spec.root().mixins().get("options")).userObject();
    }

    /** The server answers as soon as it is in the log; a moment later a worker has it. */
    final Job taken(OutboardClient client, Job asked) throws InterruptedException {
        var position = asked.position();
        if (position == null) {
            return asked;
        }
        try {
            return client.get(asked.id(), position);
        } catch (OutboardException _) {
            tell("it is in the log; no worker has taken it yet");
            return asked;
        }
    }
}
