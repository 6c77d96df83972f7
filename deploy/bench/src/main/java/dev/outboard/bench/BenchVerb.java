package dev.outboard.bench;

import dev.outboard.processes.Machine;
import dev.outboard.processes.ProcessFailed;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outboard bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = {
        "Measures what Outboard costs over bare Kafka and bare HTTP.",
        "Starts a broker, an API and a worker of its own, takes each figure in turns with its bare",
        "baseline, and prints the ratios. Takes about six minutes; best on a machine that is quiet.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard bench --quick                 in under two minutes",
                "  ./outboard bench --json bench.json       for programs too",
                "  ./outboard bench --only poll,rss.api     some of it"})
public final class BenchVerb implements Callable<Integer> {
    private static final List<Measure> MEASURES = List.of(Polls.TERMINAL, Polls.POSITION, Polls.BARRIER,
            new CreateRate(),
            new ToConnector(), new CreateAck(), new IdleMemory());
    private static final Duration START = Duration.ofSeconds(8);
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Fewer and shorter rounds: under two minutes in all.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "NAME", split = ",", arity = "1..*", description = "Figures to take, by name or by the first words of it, such as poll (default: all).")
    private List<String> only = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the results to this file too, as a JSON array.")
    private @Nullable Path json;

    @Option(names = "--strict", description = "Exit with 1 if a goal is missed.")
    private boolean strict;

    @Option(names = "--partitions", paramLabel = "N", description = "Partitions of each topic, 1 to 1024 (default: 64, as that of api and worker).")
    private @Nullable Integer partitions;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds in which Outboard and the baseline take turns (default: 5; quick: 3).")
    private @Nullable Integer rounds;

    @Option(names = "--slice", paramLabel = "DURATION", description = "How long each is called in a round, ISO-8601 (default: PT1.5S; quick: PT0.5S).")
    private @Nullable Duration slice;

    @Option(names = "--idle", paramLabel = "DURATION", description = "How long processes idle before their memory is read (default: PT1M; quick: PT15S).")
    private @Nullable Duration idle;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    public BenchVerb() {}

    @Override
    public Integer call() throws Exception {
        var err = spec.commandLine().getErr();
        var out = spec.commandLine().getOut();
        var plan = plan();
        var measures = wanted();
        var machine = Machine.line() + ", Kafka " + AppInfoParser.getVersion();
        var total = measures.stream().map(measure -> measure.time(plan)).reduce(START, Duration::plus);
        var processes = new Processes("bench");
        try (processes) {
            var results = measured(processes, measures, new Rounds(plan, new Progress(err, total)));
            out.println(machine);
            out.println();
            Report.print(results, out);
            if (json != null) {
                Report.write(results, json);
            }
            return exit(results, strict, err);
        } catch (BenchFailed | ProcessFailed | IOException e) {
            // after Ctrl-C what is measured is gone, and so is the reason to say anything
            if (!processes.stopped()) {
                err.println("error: " + e.getMessage());
                err.println("next: run it again when the machine is less busy");
            }
            return FAILED;
        }
    }

    private List<Result> measured(Processes processes, List<Measure> measures, Rounds rounds) throws Exception {
        var progress = rounds.progress();
        progress.begin(START);
        progress.say("starting a broker, a worker and an API");
        var rig = Rig.start(processes, rounds.plan().partitions());
        var results = new ArrayList<Result>();
        for (var measure : measures) {
            progress.begin(measure.time(rounds.plan()));
            measure.run(rig, rounds).stream().filter(result -> wanted(result.name())).forEach(results::add);
        }
        return results;
    }

    /** Says which goals were missed. */
    static int exit(List<Result> results, boolean strict, PrintWriter err) {
        var missed = results.stream().filter(result -> Boolean.FALSE.equals(result.met())).map(Result::name).toList();
        err.println(missed.isEmpty() ? "every goal is met" : "missed: " + String.join(", ", missed));
        return strict && !missed.isEmpty() ? FAILED : 0;
    }

    private Plan plan() {
        var base = quick ? Plan.QUICK : Plan.FULL;
        try {
            return new Plan(partitions == null ? base.partitions() : partitions,
                    rounds == null ? base.rounds() : rounds, slice == null ? base.slice() : slice,
                    idle == null ? base.idle() : idle);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private List<Measure> wanted() {
        var names = MEASURES.stream().flatMap(measure -> measure.names().stream()).toList();
        for (var name : only) {
            if (names.stream().noneMatch(known -> begins(known, name))) {
                throw new ParameterException(spec.commandLine(),
                        "there is no figure '" + name + "'; there are " + String.join(", ", names));
            }
        }
        return MEASURES.stream().filter(measure -> measure.names().stream().anyMatch(this::wanted)).toList();
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.stream().anyMatch(word -> begins(name, word));
    }

    private static boolean begins(String name, String words) {
        return name.equals(words) || name.startsWith(words + ".");
    }
}
