package dev.outboard.crash.cluster;

import dev.outboard.crash.platform.EmbeddedConnector;
import dev.outboard.crash.platform.Platform;
import dev.outboard.crash.platform.PlatformConnector;
import dev.outboard.crash.platform.Remote;
import dev.outboard.processes.Child;
import dev.outboard.processes.Processes;
import dev.outboard.spi.Connector;
import dev.outboard.spi.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The whole installation under test; its processes are closed by {@link Processes}. */
public final class Cluster {
    public static final int BROKERS = 3;
    public static final int APIS = 2;
    public static final int WORKERS = 3;
    /** By name: the program that holds all roles is built upon this module. */
    private static final String MAIN = "dev.outboard.standalone.Main";
    private static final List<String> CHEAP = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss512k");
    private static final Duration IN_SYNC = Duration.ofMinutes(2);

    private final Processes processes;
    private final Setup setup;
    private final List<Integer> ports = Ports.free(2 * BROKERS + APIS + 1);
    private final List<Member> brokers = members(Role.BROKER, BROKERS);
    private final List<Member> apis = members(Role.API, APIS);
    private final List<Member> workers = members(Role.WORKER, WORKERS);

    /** @param partitions of the task type's topics */
    public record Setup(Guarantee guarantee, long seed, int partitions) {}

    private Cluster(Processes processes, Setup setup) {
        this.processes = processes;
        this.setup = setup;
    }

    /** Starts all of it and returns when jobs can be handed over. */
    public static Cluster start(Processes processes, Setup setup) throws IOException, InterruptedException {
        var cluster = new Cluster(processes, setup);
        var services = Files.createDirectories(cluster.connectorFolder().resolve("META-INF/services"));
        Files.writeString(services.resolve(Connector.class.getName()), connector(setup.guarantee()).getName());
        var platform = processes.start("platform", "", flags("-Xmx128m"), Platform.class.getName(),
                setup.guarantee().name(), Long.toString(setup.seed()), Integer.toString(cluster.platformPort()));
        // workers make the topics, which must find all brokers
        startAll(cluster.brokers);
        platform.said("(platform ready)", IN_SYNC);
        var others = new ArrayList<>(cluster.workers);
        others.addAll(cluster.apis);
        startAll(others);
        cluster.awaitInSync();
        return cluster;
    }

    private static void startAll(List<Member> members) throws IOException, InterruptedException {
        members.forEach(Member::start);
        for (var member : members) {
            member.awaitReady();
        }
    }

    public List<Member> members(Role role) {
        return switch (role) {
            case BROKER -> brokers;
            case API -> apis;
            case WORKER -> workers;
        };
    }

    /** Where the APIs are, which stays the same over restarts. */
    public List<String> urls() {
        return IntStream.range(0, APIS).mapToObj(i -> "http://127.0.0.1:" + apiPort(i)).toList();
    }

    /** The caller closes it. */
    public Remote platform() {
        return new Remote(platformUrl());
    }

    /** Until no partition misses a replica. */
    public void awaitInSync() throws InterruptedException {
        try (var inSync = new InSync(bootstrap())) {
            inSync.await(BROKERS, IN_SYNC);
        }
    }

    private List<Member> members(Role role, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Member(role, i + 1, name -> start(role, i, name)))
                .toList();
    }

    private Child start(Role role, int index, String name) {
        var args = switch (role) {
            case BROKER -> broker(index);
            case API -> List.of("api", "--kafka", bootstrap(), "--port", Integer.toString(apiPort(index)),
                    "--log-format", "json");
            case WORKER -> worker(index);
        };
        var entry = role == Role.WORKER ? connectorFolder().toString() : "";
        return processes.start(name, entry, flags(role.heap), MAIN, args.toArray(String[]::new));
    }

    private List<String> broker(int index) {
        var voters = IntStream.range(0, BROKERS)
                .mapToObj(i -> (i + 1) + "@127.0.0.1:" + ports.get(BROKERS + i))
                .collect(Collectors.joining(","));
        return List.of("broker", "--data", folder("broker", index), "--port", Integer.toString(ports.get(index)),
                "--node", Integer.toString(index + 1), "--voters", voters);
    }

    private List<String> worker(int index) {
        return List.of("worker", "--kafka", bootstrap(), "--data", folder("worker", index), "--task-types",
                PlatformConnector.TASK_TYPE, "--partitions", Integer.toString(setup.partitions()), "--log-format",
                "json", "--set", "connectors.crash.url=" + platformUrl(), "--set",
                "connectors.crash.seed=" + setup.seed());
    }

    private static Class<? extends Connector> connector(Guarantee guarantee) {
        return switch (guarantee) {
            case ADOPT -> PlatformConnector.Adopt.class;
            case TOKEN -> PlatformConnector.Token.class;
            case SEARCH -> PlatformConnector.Search.class;
            case NONE -> EmbeddedConnector.class;
        };
    }

    private static List<String> flags(String heap) {
        var flags = new ArrayList<>(CHEAP);
        flags.add(heap);
        return flags;
    }

    private String folder(String role, int index) {
        return processes.folder().resolve("data-" + role + "-" + (index + 1)).toString();
    }

    private Path connectorFolder() {
        return processes.folder().resolve("connector");
    }

    private String bootstrap() {
        return ports.subList(0, BROKERS).stream().map(p -> "127.0.0.1:" + p).collect(Collectors.joining(","));
    }

    private int apiPort(int index) {
        return ports.get(2 * BROKERS + index);
    }

    private int platformPort() {
        return ports.getLast();
    }

    private String platformUrl() {
        return "http://127.0.0.1:" + platformPort();
    }
}
