package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the client verbs share: options, a client, and how a call that failed ends the command. */
abstract class ClientVerb implements Callable<Integer> {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    ClientVerb() {}

    abstract ExitCode act(JobsClient client, Patience patience) throws JobsException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        var server = server();
        var patience = new Patience(options.patience(global(), usualPatience()), this::tell);
        try (var client = new JobsClient(server)) {
            return act(client, patience).code();
        } catch (JobsException e) {
            throw Failures.of(e, server);
        }
    }

    Duration usualPatience() {
        return USUAL_PATIENCE;
    }

    final boolean json() {
        return options.json(global());
    }

    final URI server() {
        return options.server(global(), System.getenv("OUTBOARD_SERVER"));
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
            throw new Failure(ExitCode.USAGE, "'" + Json.oneLine(given) + "' is no job id",
                    "give the id as ./outboard run printed it: j and 26 letters and digits");
        }
        return given;
    }

    final CommandSpec spec() {
        return spec;
    }

    private ClientOptions global() {
        return (ClientOptions) Objects.requireNonNull(spec.root().mixins().get("options")).userObject();
    }
}
