package dev.outboard.standalone.demo;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.roles.DataFolder;
import dev.outboard.standalone.roles.Stack;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outboard demo}. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = {
        "Shows one job from its start to its result.",
        "Starts Kafka, the API and a worker in one JVM, hands a report over ten million rows to DuckDB",
        "over Flyte's REST door, and shows its states, its progress and its result.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  ./outboard demo",
                "  ./outboard demo --data ./demo  keeps Kafka's files too"})
public final class DemoRole implements Callable<Integer> {
    private static final String JOB = "duckdb-report.json";
    /** Held here, or the logging system forgets its level. */
    private static final Logger QUIET = Logger.getLogger("dev.outboard");

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder to work in (default: a temporary one, of which the result stays).")
    private @Nullable Path data;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    DemoRole() {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        QUIET.setLevel(Level.WARNING);
        var out = spec.commandLine().getOut();
        var folder = DataFolder.of(data, "outboard-demo-");
        out.println("starting Kafka, the API and a worker in this JVM ...");
        try (var stack = Stack.start(folder.path(), 0, Map.of())) {
            stack.awaitReady(spec.commandLine().getErr());
            out.println("  kafka   " + stack.kafka());
            out.println("  api     " + stack.url());
            out.println("  worker  " + stack.taskTypes());
            out.println();
            return show(out, new PluginJob(stack.url(), "duckdb"));
        } finally {
            if (!folder.kept()) {
                DataFolder.remove(folder.path().resolve("kafka"));
            }
        }
    }

    private static int show(PrintWriter out, PluginJob job) throws IOException, InterruptedException {
        out.println("PUT " + job.path() + "   (examples/" + JOB + ")");
        long started = System.nanoTime();
        job.create(JOB);
        out.println("  job " + job.id());
        var last = job.await(line -> out.println("  " + line));
        double seconds = (System.nanoTime() - started) / 1e9;
        if (!last.path("job_state").asText().equals("succeed")) {
            out.printf("the job failed after %.1f s: %s%n", seconds, last.path("message").asText());
            return ExitCode.FAILED.code();
        }
        out.printf("done, %.1f s after it was handed over%n%n", seconds);
        var result = Path.of(URI.create(last.at("/outputs/results/scalar/structured_dataset/uri").asText()));
        out.println("result  " + result);
        FirstRows.print(result, 5, out);
        out.println();
        out.println("next: ./outboard dev   keeps this stack running; then ./outboard run -f examples/" + JOB);
        return ExitCode.OK.code();
    }
}
