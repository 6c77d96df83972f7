package dev.outboard.runtime;

import dev.outboard.runtime.budget.ConnectorBudget;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is seen of a connector's budgets: of all accounts together, for there may be any number of them. */
final class BudgetMeters {
    private BudgetMeters() {}

    static void register(String connector, ConnectorBudget budget, MeterRegistry registry) {
        FunctionCounter.builder("outboard.budget.requests", budget, ConnectorBudget::taken)
                .description("Requests that a connector's accounts were asked")
                .tags("connector", connector)
                .register(registry);
        Gauge.builder("outboard.budget.waiting", budget, ConnectorBudget::waiting)
                .description("Requests that wait for their account's budget")
                .tags("connector", connector)
                .register(registry);
        Gauge.builder("outboard.budget.paused", budget, ConnectorBudget::pausedAccounts)
                .description("Accounts whose platform asked for patience")
                .tags("connector", connector)
                .register(registry);
    }
}
