package dev.outboard.standalone.roles;

import dev.outboard.api.ApiConfig;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.simulate.Simulations;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outboard dev}. */
@Command(name = "dev", mixinStandardHelpOptions = true, description = {
        "Runs everything in one JVM until Ctrl-C: a Kafka broker of one node, the API and a worker.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard dev                         state is gone at the end",
                "  ./outboard dev --data ./outboard-data  state is kept over restarts",
                "  ./outboard dev --simulate bigquery     BigQuery jobs run on this machine"})
public final class DevRole implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder that keeps state over restarts (default: one that is removed at the end).")
    private @Nullable Path data;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Port for HTTP, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", description = "A connector's setting, connectors.NAME.SETTING=VALUE, or an output store's, stores.NAME.SETTING=VALUE.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--cors-origin", paramLabel = "ORIGIN", description = "Lets pages of this origin call the API, such as https://console.example; repeatable (default: none).")
    private List<String> corsOrigins = List.of();

    @Option(names = "--simulate", paramLabel = "PLATFORM", split = ",", description = "Platforms that run here instead: bigquery, databricks, snowflake (default: none).")
    private List<String> simulate = List.of();

    @Mixin
    private PluginOptions plugins;

    @Mixin
    private ViewOptions view;

    @Mixin
    private LogOptions log;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    DevRole() {}

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var simulations = Simulations.start(simulate);
        var folder = DataFolder.of(data, "outboard-dev-");
        var stack = start(folder, simulations);
        AutoCloseable all = () -> {
            stack.close();
            simulations.close();
            folder.close();
        };
        // closed here too, for a stack that never became ready
        try (all; var _ = Foreground.closeOnSignal(all, err)) {
            stack.awaitReady(err);
            long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
            out.printf("Outboard is ready on %s, %.1f s after its start%n", stack.url(), millis / 1000.0);
            out.println("  task types  " + stack.taskTypes());
            out.println("  data        " + folder.path()
                    + (folder.kept() ? "" : " (removed at the end; --data DIR keeps it)"));
            out.println("  kafka       " + stack.kafka());
            simulations.urls().forEach((name, url) -> out.println("  simulated   " + name + " on " + url));
            err.println("next: ./outboard run -f examples/" + example(simulations)
                    + (port == 8080 ? "" : " --server " + stack.url()) + "   (Ctrl-C stops everything)");
            new CountDownLatch(1).await();
        }
        return ExitCode.OK.code();
    }

    private static String example(Simulations simulations) {
        return simulations.urls().isEmpty()
                ? "duckdb-report.json"
                : simulations.urls().keySet().iterator().next() + ".json";
    }

    private Stack start(DataFolder folder, Simulations simulations) {
        try {
            var secrets = simulations.urls().isEmpty() ? null : folder.path().resolve("simulated-secrets");
            if (secrets != null) {
                simulations.writeSecrets(secrets);
            }
            return Stack.start(folder.path(), view.limits(), Api.at(ApiConfig.DEFAULT_HOST, port, corsOrigins),
                    simulations.settings(settings), plugins.folders(), secrets);
        } catch (RuntimeException e) {
            simulations.close();
            folder.close();
            throw e;
        }
    }
}
