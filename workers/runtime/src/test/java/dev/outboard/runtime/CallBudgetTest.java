package dev.outboard.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.Budget;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.PollResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that spend from a budget. */
class CallBudgetTest {
    private final FakeConnector connector = FakeConnector.quick();
    private final AtomicReference<Budget> own = new AtomicReference<>();

    private void budget(double perSecond, Duration deadline) {
        connector.info = new ConnectorInfo("Fake", "1.2", Map.of("sql", Set.of(1)), Guarantee.ADOPT, false, 7, deadline,
                false, perSecond);
        connector.open = context -> {
            own.set(context.budget());
            return null;
        };
    }

    @Test
    void everyCallToThePlatformTakesOneAndAChecksNone() throws Exception {
        budget(1_000, Duration.ofSeconds(20));
        try (var fixture = new Fixture(connector)) {
            for (var op : List.of(Op.CREATE, Op.FIND, Op.OCCUPY, Op.POLL, Op.DELETE, Op.CHECK)) {
                fixture.ask(op);
            }
            assertEquals(5, taken(fixture));
            own.get().take("");
            assertEquals(6, taken(fixture), "what the connector takes itself counts too");
        }
    }

    @Test
    void whoGetsNoneInTimeIsHeldBackAndNeverAsked() throws Exception {
        budget(0.001, Duration.ofMillis(300));
        try (var fixture = new Fixture(connector)) {
            own.get().take("");
            for (var op : List.of(Op.CREATE, Op.POLL, Op.DELETE)) {
                var why = assertInstanceOf(Outcome.HeldBack.class, fixture.ask(op)).why();
                assertEquals("the account's budget of 0.001 requests a second (connectors.fake.requests-per-second) "
                        + "is used up; others are before this job", why);
            }
            await().until(() -> fixture.meters.get("outboard.budget.waiting").gauge().value() == 0);
            assertEquals(0, fixture.meters.get("outboard.calls.under.way").gauge().value());
            assertInstanceOf(Outcome.Checked.class, fixture.ask(Op.CHECK));
        }
        assertEquals(1, connector.calls.get());
    }

    @Test
    void whileItWaitsItHoldsNoSlot() throws Exception {
        budget(2, Duration.ofSeconds(20));
        try (var fixture = new Fixture(connector, 1, Duration.ofSeconds(1))) {
            own.get().take("");
            var create = fixture.start(Fixture.call(Op.CREATE));
            await().until(() -> fixture.meters.get("outboard.budget.waiting").gauge().value() == 1);
            assertInstanceOf(Outcome.Checked.class, fixture.ask(Op.CHECK));
            assertFalse(create.isDone());
            assertInstanceOf(Outcome.Exists.class, create.get());
        }
    }

    @Test
    void aPlatformThatAsksForPatienceIsNotAskedMeanwhile() throws Exception {
        budget(1_000, Duration.ofSeconds(1));
        connector.poll = _ -> new PollResult.Retry(Duration.ofHours(1), "429");
        try (var fixture = new Fixture(connector)) {
            assertInstanceOf(Outcome.Retry.class, fixture.ask(Op.POLL));
            assertEquals(1, fixture.meters.get("outboard.budget.paused").gauge().value());
            var held = assertInstanceOf(Outcome.HeldBack.class, fixture.ask(Op.DELETE));
            assertTrue(held.why().contains("asked for patience"), held.why());
        }
        assertEquals(1, connector.calls.get());
    }

    @Test
    void aCancelGoesBeforeWhatCameEarlier() throws Exception {
        // so few that no two are let through at once
        budget(5, Duration.ofSeconds(20));
        var order = new CopyOnWriteArrayList<String>();
        connector.poll = _ -> {
            order.add("poll");
            return PollResult.Running.plain();
        };
        connector.create = request -> {
            order.add("create");
            return new CreateResult.Unknown("x");
        };
        connector.delete = _ -> {
            order.add("delete");
            return new PollResult.Cancelled();
        };
        try (var fixture = new Fixture(connector)) {
            fixture.connectors.budget(fixture.connectors.serving("sql")).pause("", Duration.ofSeconds(1));
            var poll = waits(fixture, Op.POLL, 1);
            var create = waits(fixture, Op.CREATE, 2);
            var delete = waits(fixture, Op.DELETE, 3);
            poll.get();
            create.get();
            delete.get();
        }
        assertEquals(List.of("delete", "create", "poll"), order);
    }

    private static CompletableFuture<Outcome> waits(Fixture fixture, Op op, int waiting) {
        var outcome = fixture.start(Fixture.call(op));
        await().pollDelay(Duration.ZERO)
                .until(() -> fixture.meters.get("outboard.budget.waiting").gauge().value() == waiting);
        return outcome;
    }

    @Test
    void theOperatorsSettingIsTheWorkersAlone(@TempDir Path data) {
        var settings = new AtomicReference<Map<String, String>>();
        connector.open = context -> {
            settings.set(context.settings());
            return null;
        };
        var setup = Fixture.setup(data,
                Map.of("connectors.fake.requests-per-second", "3", "connectors.fake.other", "x"));
        try (var connectors = Connectors.open(List.of(connector), Set.of(), setup)) {
            assertEquals(Map.of("other", "x"), settings.get());
            assertEquals(3, connectors.budget(connectors.serving("sql")).perSecond());
        }
    }

    @Test
    void nonsenseIsRefusedBeforeTheConnectorIsOpen(@TempDir Path data) {
        var setup = Fixture.setup(data, Map.of("connectors.fake.requests-per-second", "many"));
        var refused = assertThrows(ConnectorsUnusable.class,
                () -> Connectors.open(List.of(connector), Set.of(), setup));
        assertEquals("the connector Fake 1.2 cannot open: the setting `connectors.fake.requests-per-second` must be a "
                + "number from 0.001 to 1000000, such as 10 or 0.5; it is `many`", refused.getMessage());
        assertEquals(0, connector.opens.get());
    }

    private static double taken(Fixture fixture) {
        return fixture.meters.get("outboard.budget.requests").functionCounter().count();
    }
}
