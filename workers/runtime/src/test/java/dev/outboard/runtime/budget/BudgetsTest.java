package dev.outboard.runtime.budget;

import static dev.outboard.runtime.budget.VirtualTime.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetsTest {
    private final Budgets budgets = new Budgets();

    @AfterEach
    void close() {
        budgets.close();
    }

    @Test
    void theOperatorsWordGoesBeforeTheConnectors() {
        assertEquals(7, budgets.of("a", 7, null).perSecond());
        assertEquals(7, budgets.of("a", 7, " ").perSecond());
        assertEquals(0.5, budgets.of("a", 7, " 0.5 ").perSecond());
        assertFalse(budgets.of("b", Double.POSITIVE_INFINITY, null).limited());
    }

    @Test
    void aConnectorThatTakesAnothersPlaceGoesOnWithItsBudget() {
        assertSame(budgets.of("a", 7, null), budgets.of("a", 7, null));
        assertNotSame(budgets.of("a", 7, null), budgets.of("b", 7, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "ten", "10/s", "NaN", "Infinity", "10d", "1e9", "0.0001", "1,5"})
    void whatIsNoNumberOfRequestsIsRefused(String setting) {
        var refused = assertThrows(IllegalArgumentException.class, () -> budgets.of("big-query", 7, setting));
        assertEquals("the setting `connectors.big-query.requests-per-second` must be a number from 0.001 to 1000000, "
                + "such as 10 or 0.5; it is `" + setting + "`", refused.getMessage());
    }

    @Test
    void accountsDoNotShare() {
        var budget = budgets.of("a", 0.001, null);
        assertTrue(budget.tryTake("x"));
        assertTrue(budget.tryTake("y"));
        assertFalse(budget.tryTake("x"));
        assertEquals(2, budget.taken());
        budget.pause("x", Duration.ofDays(9));
        assertTrue(budget.paused("x"));
        assertFalse(budget.paused("y"));
        assertEquals(1, budget.pausedAccounts());
    }

    @Test
    void whereThereIsNoLimitNobodyWaits() throws InterruptedException {
        var budget = budgets.of("a", Double.POSITIVE_INFINITY, null);
        budget.pause("", Duration.ofDays(9));
        for (int i = 0; i < 5; i++) {
            budget.take("");
        }
        assertTrue(budget.tryTake(""));
        assertEquals(6, budget.taken());
        assertEquals(0, budget.waiting());
    }

    @Test
    void accountsThatAreNotAskedAreForgotten() throws InterruptedException {
        var time = new VirtualTime();
        var budget = new ConnectorBudget(10, time);
        for (int i = 0; i < 5_000; i++) {
            assertTrue(budget.tryTake("account " + i));
            time.pass(Duration.ofMillis(101));
        }
        assertEquals(5_000, budget.taken(), "but not what they took");
        assertTrue(budget.accounts() <= 1_000, () -> budget.accounts() + " accounts");
    }

    @Test
    void whatAConnectorTakesWithinACallIsAsUrgentAsTheCall() throws Exception {
        var time = new VirtualTime();
        var budget = new ConnectorBudget(10, time);
        var waits = new ArrayList<Boolean>();
        assertTrue(budget.tryTake(""));
        var served = new ArrayList<String>();
        var list = Thread.startVirtualThread(() -> take(budget, served, "list"));
        soon().until(() -> budget.waiting() == 1);
        var cancel = Thread.startVirtualThread(() -> {
            try {
                ConnectorBudget.as(Urgency.OWED, 0, waits::add, () -> {
                    take(budget, served, "cancel");
                    return true;
                });
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        soon().until(() -> budget.waiting() == 2);
        assertEquals(List.of(true), waits);
        time.pass(Duration.ofMillis(101));
        cancel.join();
        assertEquals(List.of("cancel"), served);
        assertEquals(List.of(true, false), waits);
        time.pass(Duration.ofMillis(101));
        list.join();
        assertEquals(3, budget.taken());
    }

    private static void take(ConnectorBudget budget, List<String> served, String name) {
        try {
            budget.take("");
            served.add(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
