package dev.outboard.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectorsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(9);

    @TempDir
    Path dataDir;

    private final FakeConnector a = new FakeConnector("Alpha", DEADLINE, "a1", "a2");
    private final FakeConnector b = new FakeConnector("Beta Max", DEADLINE, "b");

    @Test
    void theClassPathNamesThem() {
        var found = Connectors.onClassPath();
        assertEquals(List.of(FoundConnector.class), found.stream().map(Object::getClass).toList());
    }

    @Test
    void withoutAWishAllTypesAreServedAndEachConnectorOpensOnce() {
        try (var connectors = open(Set.of(), a, b)) {
            assertEquals(List.of("a1", "a2", "b"), connectors.types().stream().map(ServedType::taskType).toList());
            assertSame(a, connectors.serving("a2").connector());
            assertSame(b, connectors.serving("b").connector());
            assertNull(connectors.serving("c"));
        }
        assertEquals(List.of(1, 1, 1, 1), List.of(a.opens.get(), b.opens.get(), a.closes.get(), b.closes.get()));
    }

    @Test
    void onlyWhatIsWantedIsOpenedAndClosed() {
        try (var connectors = open(Set.of("a2"), a, b)) {
            assertEquals(List.of("a2"), connectors.types().stream().map(ServedType::taskType).toList());
            assertNull(connectors.serving("a1"));
        }
        assertEquals(List.of(1, 0, 1, 0), List.of(a.opens.get(), b.opens.get(), a.closes.get(), b.closes.get()));
    }

    @Test
    void aTypeThatNobodyServesIsRefusedNamingTheServedOnes() {
        var message = refused(Set.of("a1", "nope"), a, b);
        for (var word : List.of("nope", "a1, a2, b", "Alpha 1.2", "Beta Max 1.2")) {
            assertTrue(message.contains(word), message);
        }
        assertEquals(0, a.opens.get());
        assertTrue(refused(Set.of("x")).contains("no connector at all"));
    }

    @Test
    void twoConnectorsForAWantedTypeAreRefused() {
        var rival = new FakeConnector("Rival", DEADLINE, "a1", "r");
        var message = refused(Set.of(), a, rival);
        for (var word : List.of("a1", "Alpha", "Rival")) {
            assertTrue(message.contains(word), message);
        }
        open(Set.of("a2", "r"), a, rival).close();
    }

    @Test
    void twoConnectorsOfOneNameAreRefused() {
        assertTrue(refused(Set.of(), b, new FakeConnector("beta max", DEADLINE, "other")).contains("beta-max"));
    }

    @Test
    void eachGetsItsOwnSettingsAndFolder() {
        var context = new AtomicReference<ConnectorContext>();
        b.open = given -> {
            context.set(given);
            return null;
        };
        var settings = Map.of("connectors.alpha.x", "1", "connectors.beta-max.y", "2", "connectors.beta-max.z.w", "3",
                "connectors.beta-maximal.v", "4", "beta-max.u", "5");
        Connectors.open(List.of(a, b), Set.of(), Fixture.setup(dataDir, settings)).close();
        assertEquals(new ConnectorContext("w1", Map.of("y", "2", "z.w", "3"), dataDir.resolve("beta-max"),
                Fixture.SECRETS, Fixture.CLOCK, context.get().budget()), context.get());
        assertTrue(Files.isDirectory(dataDir.resolve("beta-max")));
    }

    @Test
    void aNameCannotLeaveTheDataFolder() {
        var sly = new FakeConnector("../../Sly/..", DEADLINE, "s");
        sly.open = given -> {
            assertEquals(dataDir, given.dataDir().getParent());
            return null;
        };
        open(Set.of(), sly).close();
        assertEquals(1, sly.opens.get());
    }

    @Test
    void aConnectorThatCannotOpenStopsTheStartWithItsWords() {
        Fixture.SECRETS.read("token");
        b.open = _ -> {
            throw new IOException("no such warehouse for hunter2-hunter2");
        };
        var message = refused(Set.of(), a, b);
        assertTrue(message.contains("Beta Max 1.2") && message.contains("no such warehouse for ***"), message);
        assertEquals(List.of(1, 1), List.of(a.closes.get(), b.closes.get()));
    }

    @Test
    void anErrorInOpenStopsTheStartToo() {
        a.open = _ -> {
            throw new NoClassDefFoundError("com/vendor/Client");
        };
        assertTrue(refused(Set.of(), a).contains("NoClassDefFoundError: com/vendor/Client"));
    }

    @Test
    void aConnectorThatCannotSayWhatItIsIsRefused() {
        a.info = null;
        assertTrue(refused(Set.of(), a).contains("info is null"));
    }

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void theCoreIsToldWhatTheConnectorPromises(Guarantee guarantee) {
        a.info = new ConnectorInfo("Alpha", "3", Map.of("a1", Set.of(2, 0, 1)), guarantee, true, 7, DEADLINE);
        try (var connectors = open(Set.of(), a)) {
            var policy = new Policy(Policy.Guarantee.valueOf(guarantee.name()), true, DEADLINE, Fixture.WINDOW);
            assertEquals(List.of(new ServedType("a1", new TreeSet<>(Set.of(0, 1, 2)), "Alpha", "3", policy, 7)),
                    connectors.types());
        }
    }

    @Test
    void aPromiseThatTheCoreCannotBuildOnIsRefusedBeforeOpening() {
        a.info = new ConnectorInfo("Alpha", "3", Map.of("a1", Set.of(0)), Guarantee.NONE, false, 7, DEADLINE);
        var message = refused(Set.of(), a);
        assertTrue(message.contains("Alpha 3") && message.contains("NONE"), message);
        assertEquals(0, a.opens.get());
    }

    @Test
    void aCloseThatThrowsDoesNotKeepOthersFromClosing() {
        a.close = _ -> {
            throw new StackOverflowError();
        };
        open(Set.of(), a, b).close();
        assertEquals(1, b.closes.get());
    }

    @Test
    void aCloseThatHangsIsLeftBehind() {
        var release = new CountDownLatch(1);
        a.close = _ -> {
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
            return null;
        };
        var connectors = Connectors.open(List.of(a, b), Set.of(), Fixture.setup(dataDir, Map.of()),
                Duration.ofMillis(50));
        try {
            assertTimeoutPreemptively(Duration.ofSeconds(20), connectors::close);
            await().untilAsserted(() -> assertEquals(1, b.closes.get()));
        } finally {
            release.countDown();
        }
    }

    @Test
    void theirClassLoaderIsTheThreadsWhileTheyRun() {
        var before = Thread.currentThread().getContextClassLoader();
        var foreign = new ForeignConnector();
        try (var connectors = Connectors.open(List.of(foreign.connector), Set.of(), Fixture.setup(dataDir, Map.of()))) {
            assertFalse(connectors.types().isEmpty());
        }
        assertEquals(Set.of("info", "open", "close"), foreign.loaders.keySet());
        foreign.loaders.forEach((method, loader) -> assertSame(foreign.loader, loader, method));
        assertSame(before, Thread.currentThread().getContextClassLoader());
    }

    private Connectors open(Set<String> wanted, Connector... found) {
        return Connectors.open(List.of(found), wanted, Fixture.setup(dataDir, Map.of()));
    }

    private String refused(Set<String> wanted, Connector... found) {
        return assertThrows(ConnectorsUnusable.class, () -> open(wanted, found)).getMessage();
    }
}
