package dev.outboard.standalone.cli;

import dev.outboard.client.OutboardClient;
import dev.outboard.client.Verdict;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outboard resolve}. */
@Command(name = "resolve", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Says what came of a job whose outcome cannot be learnt.",
        "For a job in doubt for good: its platform's credentials are revoked, its account is deleted.",
        "Outboard goes by what is said here, so look at the platform first. Who said it stays with the job.",
        "Prints (-o): a line of id and state (table), json, jsonl, or its id (name).",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                "0:said", Exits.USAGE, "3:no such job", Exits.UNAUTHORIZED,
                "5:refused: it does not fit the job as it is",
                Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard resolve JOB --created projects/p/jobs/17",
                        "  ./outboard resolve JOB --never-created",
                        "  ./outboard resolve JOB --failed 'the account is deleted'"})
public final class ResolveVerb extends ClientVerb {
    @Parameters(paramLabel = "JOB", description = "The job's id, as run printed it.")
    private String job;

    @ArgGroup(multiplicity = "1")
    private Said said;

    @Option(names = "--handle-version", paramLabel = "N", defaultValue = "1", description = "Of the layout of --created's handle (default: 1).")
    private int version;

    /** Exactly one of them. */
    static final class Said {
        @Option(names = "--created", paramLabel = "HANDLE", description = "It exists on the platform: its handle, as the connector writes it. It is watched, or stopped, from now on.")
        private @Nullable String created;

        @Option(names = "--never-created", description = "Nothing of this attempt exists on the platform, and nothing is under way. It is tried again, or ends if it was cancelled.")
        private boolean neverCreated;

        @Option(names = "--failed", paramLabel = "REASON", description = "Give it up, whatever the platform has of it.")
        private @Nullable String failed;

        /** Made by picocli. */
        Said() {}
    }

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    ResolveVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.JSONL, Format.NAME);
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        var id = jobId(job);
        var verdict = verdict();
        // of the attempt as it is now: should the answer be lost and the call be repeated, it is not said of the next
        var after = taken(client, client.resolve(client.get(id), verdict));
        print(switch (format()) {
            case JSON -> Json.pretty(after.json());
            case JSONL -> Json.line(after.json());
            case NAME -> after.id();
            default -> after.id() + "  " + Text.oneLine(after.stateText());
        });
        tell("next: see " + (after.ended()
                ? "all that is known with ./outboard describe "
                : "how it ends with "
                        + "./outboard wait ")
                + after.id());
        return ExitCode.OK;
    }

    private Verdict verdict() {
        if (said.created != null) {
            return new Verdict.Created(something(said.created, "--created"), version);
        }
        return said.failed != null
                ? new Verdict.Failed(something(said.failed, "--failed"))
                : new Verdict.NeverCreated();
    }

    private static String something(String text, String option) {
        if (text.isBlank()) {
            throw new Failure(ExitCode.USAGE, option + " is empty", option.equals("--failed")
                    ? "say why; it is kept with the job"
                    : "give the handle as the connector writes it");
        }
        return text;
    }
}
