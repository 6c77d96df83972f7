package dev.outboard.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.ServedType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins that come, change and go while calls and jobs are under way; the lanes are noted. */
class PluginWatchTest {
    private static final Duration EVERY = Duration.ofMillis(30);

    /** What the lanes were told, and the jobs that they hold. */
    private static final class NotedLanes implements Lanes {
        final List<String> told = Collections.synchronizedList(new ArrayList<>());
        final Set<Job> jobs = ConcurrentHashMap.newKeySet();
        volatile boolean deaf;

        @Override
        public void serve(ServedType type) {
            told.add("serve " + type.taskType() + " " + type.connectorVersion());
        }

        @Override
        public boolean describe(ServedType type) {
            boolean said = !deaf;
            told.add((said ? "" : "not ") + "described " + type.taskType() + " " + type.connectorVersion());
            return said;
        }

        @Override
        public void leave(Collection<String> taskTypes) {
            taskTypes.forEach(type -> told.add("leave " + type));
        }

        @Override
        public boolean any(String taskType, Predicate<Job> such) {
            return jobs.stream().anyMatch(job -> job.accepted().taskType().equals(taskType) && such.test(job));
        }
    }

    @TempDir
    Path dir;

    private PluginMaker make;
    private final NotedLanes lanes = new NotedLanes();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Plugins plugins;
    private ConnectorEffects effects;
    private PluginWatch watch;

    @BeforeEach
    void start() throws Exception {
        make = new PluginMaker(Files.createDirectory(dir.resolve("plugins")));
        make.plugin("a", "Alpha", "1", "alpha");
        plugins = Plugins.open(List.of(make.plugins()), List.of(FakeConnector.quick()), Set.of(),
                Fixture.setup(dir.resolve("data"), Map.of()));
        effects = new ConnectorEffects(plugins.connectors(), registry);
        watch = plugins.watching(effects, lanes, registry);
    }

    @AfterEach
    void stop() {
        plugins.stopWatching();
        effects.close();
        plugins.close();
    }

    @Test
    void oneThatIsAddedIsServed() throws Exception {
        watch.start(EVERY);
        make.elsewhere(dir.resolve("new")).plugin("b", "Beta", "2", "beta");
        Files.move(dir.resolve("new/b"), make.folder("b"));
        awaitTold("serve beta 2");
        assertEquals("seen by 2", message("beta", null));
        assertEquals("seen by 1", message("alpha", null));
        assertEquals(2, count("loaded"));
    }

    @Test
    void oneThatIsReplacedKeepsTheJobsThatItMade() throws Exception {
        watch.start(EVERY);
        var old = new Handle("Alpha", "1", 1, "h");
        lanes.jobs.add(Fixture.job("alpha", old));
        var loader = loader("alpha");
        make.plugin("a", "Alpha", "2", "alpha");
        awaitTold("described alpha 2");
        assertEquals("seen by 1", message("alpha", old), "also of classes that are needed only now");
        assertEquals("seen by 2", message("alpha", new Handle("Alpha", "2", 1, "h")));
        assertEquals("seen by 2", message("alpha", new Handle("Alpha", "0", 1, "h")), "as after a takeover");
        assertEquals("2", created("alpha").handle().connectorVersion());
        assertEquals(List.of("described alpha 2"), lanes.told, "its lane goes on");
        assertEquals(1, count("leaving"));
        lanes.jobs.clear();
        await().until(() -> count("leaving") == 0);
        awaitCollected(loader);
        assertEquals(1, copies());
        assertEquals("seen by 2", message("alpha", old), "a handle of the version before is understood");
    }

    @Test
    void aCallUnderWayEndsInTheOneThatItBeganIn() throws Exception {
        watch.start(EVERY);
        make.plugin("b", "Beta", "1", "beta", PluginMaker.POLL_WAITS);
        awaitTold("serve beta 1");
        var waiting = ask(Op.POLL, "beta", new Handle("Beta", "0", 1, "h"));
        await().until(() -> System.getProperty("acme.waits") != null);
        make.plugin("b", "Beta", "2", "beta");
        awaitTold("described beta 2");
        assertEquals("seen by 2", message("beta", new Handle("Beta", "0", 1, "h")));
        assertEquals(1, count("leaving"));
        System.clearProperty("acme.waits");
        assertEquals("seen by 1", ((Outcome.Running) waiting.get(20, TimeUnit.SECONDS)).message());
        await().until(() -> count("leaving") == 0);
    }

    @Test
    void oneThatIsRemovedIsDrainedAndCollected() throws Exception {
        watch.start(EVERY);
        var loader = loader("alpha");
        remove("a");
        awaitTold("leave alpha");
        await().until(() -> count("leaving") == 0 && count("loaded") == 0);
        assertInstanceOf(Outcome.NotStarted.class, ask(Op.POLL, "alpha", null).get(20, TimeUnit.SECONDS));
        awaitCollected(loader);
        assertEquals(0, copies());
        assertEquals(List.of("sql"), plugins.connectors().types().stream().map(ServedType::taskType).toList());
        make.plugin("a", "Alpha", "1", "alpha");
        awaitTold("serve alpha 1");
    }

    @Test
    void oneWithBatchPollsIsDrainedAndCollectedToo() throws Exception {
        watch.start(EVERY);
        make.plugin("a", "Alpha", "2", "alpha", PluginMaker.BATCHES);
        awaitTold("described alpha 2");
        var loader = loader("alpha");
        var waiting = ask(Op.POLL, "alpha", new Handle("Alpha", "2", 1, "h"));
        await().until(() -> "2".equals(System.clearProperty("acme.batch")));
        make.plugin("a", "Alpha", "3", "alpha", PluginMaker.BATCHES);
        awaitTold("described alpha 3");
        // no job of its lives here: who waits for its news is told to ask again, of the newest
        waiting.get(20, TimeUnit.SECONDS);
        ask(Op.POLL, "alpha", new Handle("Alpha", "3", 1, "i"));
        await().until(() -> "3".equals(System.clearProperty("acme.batch")));
        await().until(() -> count("leaving") == 0);
        awaitCollected(loader);
        assertEquals(1, registry.get("outboard.batch.waiting").tag("connector", "alpha").gauge().value());
    }

    @Test
    void aLaneThatWouldRunOtherwiseBeginsAnew() throws Exception {
        watch.start(EVERY);
        make.plugin("a", "Alpha", "2", "alpha", PluginMaker.OTHER_PROMISE);
        awaitTold("serve alpha 2");
        assertEquals(List.of("leave alpha", "serve alpha 2"), lanes.told);
    }

    @Test
    void aPluginMayServeOtherTypesThanBefore() throws Exception {
        watch.start(EVERY);
        make.plugin("a", "Alpha", "2", "omega");
        awaitTold("serve omega 2");
        assertEquals(List.of("leave alpha", "serve omega 2"), lanes.told);
    }

    @Test
    void oneThatCannotBeUsedHarmsNothing() throws Exception {
        watch.start(EVERY);
        Files.writeString(Files.createDirectories(make.folder("b")).resolve("half.jar"), "PK");
        await().until(() -> count("broken") == 1);
        make.plugin("a", "Alpha", "2", "alpha", PluginMaker.OPEN_FAILS);
        await().until(() -> count("broken") == 2);
        assertEquals("seen by 1", message("alpha", null), "the one before serves on");
        assertEquals(List.of(), lanes.told);
        make.plugin("a", "Alpha", "3", "alpha");
        awaitTold("described alpha 3");
        remove("b");
        await().until(() -> count("broken") == 0);
        assertEquals(1, count("loaded"));
    }

    @Test
    void twoForOneTypeAreToldAndTheSecondServesOnceTheFirstHasGone() throws Exception {
        watch.start(EVERY);
        make.plugin("b", "Beta", "2", "alpha");
        await().until(() -> count("broken") == 1);
        assertEquals("seen by 1", message("alpha", null));
        remove("a");
        awaitTold("serve alpha 2");
        assertEquals("seen by 2", message("alpha", null));
        assertEquals(0, count("broken"));
    }

    @Test
    void whatTheRegistryDoesNotSayYetIsSaidLater() throws Exception {
        watch.start(EVERY);
        lanes.deaf = true;
        make.plugin("a", "Alpha", "2", "alpha");
        awaitTold("not described alpha 2");
        lanes.deaf = false;
        awaitTold("described alpha 2");
        assertEquals("seen by 2", message("alpha", null), "it serves all the same");
    }

    @Test
    void aFolderThatStillChangesIsLeftInPeace() throws Exception {
        make.elsewhere(dir.resolve("new")).plugin("b", "Beta", "2", "beta");
        Files.createDirectories(make.folder("b"));
        watch.look();
        // the library comes last, and somebody writes all the while
        Files.copy(dir.resolve("new/b/connector.jar"), make.folder("b").resolve("connector.jar"));
        for (int i = 0; i < 10; i++) {
            watch.look();
            Files.setLastModifiedTime(make.folder("b").resolve("connector.jar"), FileTime.fromMillis(i));
        }
        Files.copy(dir.resolve("new/b/library.jar"), make.folder("b").resolve("library.jar"));
        watch.look();
        assertEquals(List.of(), lanes.told);
        watch.look();
        assertEquals(List.of("serve beta 2"), lanes.told);
        assertEquals(0, count("broken"));
    }

    @Test
    void aFolderThatCannotBeReadHasLostNothing() throws Exception {
        watch.start(EVERY);
        Files.move(make.plugins(), dir.resolve("away"));
        var end = Instant.now().plus(EVERY.multipliedBy(5));
        await().until(() -> Instant.now().isAfter(end));
        assertEquals("seen by 1", message("alpha", null));
        assertEquals(List.of(), lanes.told);
        Files.move(dir.resolve("away"), make.plugins());
    }

    private CompletableFuture<Outcome> ask(Op op, String taskType, Handle handle) {
        var outcome = new CompletableFuture<Outcome>();
        effects.start(Fixture.call(op, Fixture.job(taskType, handle)), outcome::complete);
        return outcome;
    }

    /** @param handle null for one that no version here made */
    private String message(String taskType, Handle handle) throws Exception {
        var name = taskType.equals("beta") ? "Beta" : "Alpha";
        var connector = plugins.connectors().serving(taskType).info().name();
        var with = handle == null ? new Handle(connector, "?", 1, "h") : handle;
        assertEquals(handle == null ? connector : name, with.connector());
        return assertInstanceOf(Outcome.Running.class, ask(Op.POLL, taskType, with).get(20, TimeUnit.SECONDS))
                .message();
    }

    private Outcome.Exists created(String taskType) throws Exception {
        return assertInstanceOf(Outcome.Exists.class, ask(Op.CREATE, taskType, null).get(20, TimeUnit.SECONDS));
    }

    private void awaitTold(String word) {
        await().atMost(Duration.ofSeconds(20)).until(() -> lanes.told.contains(word));
    }

    private double count(String status) {
        return registry.get("outboard.plugins").tag("status", status).gauge().value();
    }

    private WeakReference<ClassLoader> loader(String taskType) {
        return new WeakReference<>(plugins.connectors().serving(taskType).connector().getClass().getClassLoader());
    }

    private static void awaitCollected(WeakReference<ClassLoader> loader) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            // an assertion that failed would keep it
            return loader.get() == null;
        });
    }

    /** How many plug-ins' jars are kept. */
    private long copies() throws IOException {
        try (var files = Files.walk(dir.resolve("data/.plugins"))) {
            return files.filter(file -> file.endsWith("connector.jar")).count();
        }
    }

    private void remove(String name) throws IOException {
        try (var files = Files.walk(make.folder(name))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        assertTrue(Files.notExists(make.folder(name)));
    }
}
