package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.JobState;
import dev.outboard.client.OutboardClient;
import dev.outboard.client.OutboardException;
import dev.outboard.standalone.cli.SideBySide.Ending;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outboard cancel}. */
@Command(name = "cancel", mixinStandardHelpOptions = true, description = {"Stops jobs.",
        "Each is CANCELLING until its platform has confirmed that it stopped. That a job had ended before",
        "is no error. Of several failures the worst counts: 8, 4, 5, 3 in this order.",
        "Prints (-o): lines of id and state (table), json, jsonl, or ids (name).",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                "0:asked for; with --wait: all have ended, however", Exits.USAGE, "3:no such job", Exits.UNAUTHORIZED,
                Exits.REFUSED, Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard cancel JOB --wait",
                        "  ./outboard cancel JOB --reason 'wrong input'",
                        "  ./outboard list --live --label team=a -o name | xargs ./outboard cancel"})
public final class CancelVerb extends ClientVerb {
    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Ids of jobs, as run printed them.")
    private List<String> jobs;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the jobs.")
    private @Nullable String reason;

    @Option(names = "--wait", description = "Wait until they have ended.")
    private boolean wait;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    CancelVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.JSONL, Format.NAME);
    }

    @Override
    Duration usualPatience() {
        return wait ? LONG_PATIENCE : SHORT_PATIENCE;
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        var ids = jobs.stream().map(ClientVerb::jobId).distinct().toList();
        var endings = new ArrayList<Ending>();
        for (var id : ids) {
            endings.add(cancel(client, id));
        }
        if (wait) {
            var asked = endings.stream().filter(Ending.Seen.class::isInstance).map(Ending::id).toList();
            endings.removeIf(Ending.Seen.class::isInstance);
            endings.addAll(SideBySide.await(client, asked, WaitVerb.FOREVER, this::show));
        }
        if (format() == Format.JSON) {
            var seen = endings.stream().filter(Ending.Seen.class::isInstance).map(Ending.Seen.class::cast);
            Json.array(spec().commandLine().getOut(), "jobs", seen.map(ending -> ending.job().json()).iterator());
        }
        return endings.stream()
                .filter(Ending.Lost.class::isInstance)
                .map(lost -> failure(((Ending.Lost) lost).why()).exit())
                .reduce(ExitCode.OK, Exits::worst);
    }

    private Ending cancel(OutboardClient client, String id) throws InterruptedException {
        Ending ending;
        try {
            var asked = client.cancel(id, reason);
            ending = new Ending.Seen(stopping(asked) ? asked : after(client, asked));
        } catch (OutboardException e) {
            if (jobs.size() == 1) {
                throw e;
            }
            ending = new Ending.Lost(id, e);
        }
        if (!wait || ending instanceof Ending.Lost) {
            show(ending);
        }
        return ending;
    }

    private void show(Ending ending) {
        switch (ending) {
            case Ending.Seen seen -> show(seen.job());
            case Ending.Lost lost -> tell(lost);
        }
    }

    private void show(Job now) {
        if (format() != Format.JSON) {
            print(switch (format()) {
                case JSONL -> Json.line(now.json());
                case NAME -> now.id();
                default -> now.id() + "  " + Text.oneLine(now.stateText());
            });
        }
        if (!stopping(now)) {
            tell("the cancel is in the log; no worker has taken it yet");
        }
        if (!now.ended()) {
            tell("next: see how it ends with ./outboard wait " + now.id());
        } else if (now.state() != JobState.CANCELLED) {
            tell("job " + now.id() + " had ended before: " + now.stateText());
        }
    }

    private static boolean stopping(Job job) {
        return job.ended() || job.state() == JobState.CANCELLING;
    }

    /** The server answers as soon as the cancel is in the log, with the job as it was; a moment later a worker has it. */
    private static Job after(OutboardClient client, Job asked) throws InterruptedException {
        var position = asked.position();
        try {
            return position == null ? asked : client.get(asked.id(), position);
        } catch (OutboardException _) {
            return asked; // the cancel is owed all the same
        }
    }
}
