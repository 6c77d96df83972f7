package dev.outboard.standalone.roles;

import dev.outboard.api.decode.CreateDecoder;
import dev.outboard.api.decode.Decoded;
import dev.outboard.api.decode.Undecodable;
import dev.outboard.api.decode.Unknown;
import dev.outboard.api.http.Problem;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.runtime.Connectors;
import dev.outboard.runtime.Planned;
import dev.outboard.runtime.Platform;
import dev.outboard.standalone.cli.JobFile;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outboard plan}. */
@Command(name = "plan", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Tells what a job would do, without doing it.",
        "It asks the connector in this process, with no server and no Kafka, so it needs the connector's",
        "settings and secrets, as the workers have them. The connector checks the job; then it asks its",
        "platform for a dry run, where there is one.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:the job could be created", "1:the job would fail",
                "2:wrong usage, a job that no server takes, or no connector for it",
                "5:nothing wrong is seen, and the connector cannot tell more",
                "8:the platform could not be asked"}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard plan -f examples/duckdb-report.json",
                        "  ./outboard plan -f job.json -o json | jq .info"})
public final class PlanVerb implements Callable<Integer> {
    /** Of no weight here: nothing is remembered. */
    private static final Duration WINDOW = Duration.ofDays(7);

    /** How the plan is printed. */
    enum Format {
        /** Names and values for a person. */
        TABLE,
        /** One object. */
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Option(names = {"-f",
            "--file"}, paramLabel = "FILE", required = true, description = "The job as JSON; - reads standard input.")
    private String file;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "table", description = "Prints: table or json (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Mixin
    private ConnectorOptions connectors;

    @Mixin
    private LogOptions logging;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    PlanVerb() {}

    @Override
    public Integer call() throws Exception {
        var job = decoded(JobFile.read(file, System.in));
        var taskType = job.request().getTemplate().getType();
        try (var opened = connectors.open(Set.of(taskType), WINDOW)) {
            served(opened.connectors(), taskType, job);
            var platform = opened.connectors().platform(taskType);
            var planned = plan(platform, job);
            var report = new PlanReport(platform, planned);
            spec.commandLine().getOut().println(format == Format.JSON ? report.json() : report.table());
            spec.commandLine().getErr().println("next: " + report.next(file));
            return switch (planned) {
                case Planned.Feasible _ -> ExitCode.OK.code();
                case Planned.Refused _ -> ExitCode.FAILED.code();
                case Planned.CannotPlan _ -> ExitCode.REFUSED.code();
            };
        }
    }

    /** As the API's door for people would. */
    private static Decoded decoded(byte[] body) {
        try {
            return CreateDecoder.decode(body, Unknown.REFUSED);
        } catch (Undecodable e) {
            var problem = Problem.of(e);
            List<String> details = e.violations().size() < 2
                    ? List.of()
                    : e.violations()
                            .stream()
                            .map(violation -> violation.pointer() + ": " + violation.detail())
                            .toList();
            throw new Failure(ExitCode.USAGE, problem.detail() + " (" + problem.code().text() + ")", details,
                    problem.next());
        }
    }

    private static void served(Connectors open, String taskType, Decoded job) {
        var type = open.types().stream().filter(served -> served.taskType().equals(taskType)).findFirst();
        var versions = type.map(ServedType::versions)
                .orElseThrow(() -> new Failure(ExitCode.USAGE, "the connector of " + taskType + " could not open",
                        "see above why, and mend its --set"));
        if (!versions.contains(job.request().getTemplate().getTaskTypeVersion())) {
            throw new Failure(ExitCode.USAGE, "task type " + taskType + " has no such version; known are: "
                    + versions.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    "mend the job file at " + job.pointer("template", "task_type_version"));
        }
    }

    private static Planned plan(Platform platform, Decoded job) throws InterruptedException {
        try {
            return platform.plan(job.request());
        } catch (Platform.Unanswered e) {
            throw new Failure(ExitCode.UNREACHABLE, platform.connector() + " could not plan the job: " + e.getMessage(),
                    "see that the platform answers and the connector's settings are right");
        }
    }
}
