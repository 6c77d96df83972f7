package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.runtime.batch.Polling;
import dev.outboard.runtime.batch.Waiter;
import dev.outboard.runtime.budget.ConnectorBudget;
import dev.outboard.runtime.budget.Urgency;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connector's batch polls. */
final class ConnectorPolling implements Polling {
    private final Serving serving;
    private final Outcomes outcomes;
    private final ConnectorBudget budget;
    private final Redaction redaction;
    private final BiConsumer<Call, Consumer<Outcome>> alone;

    /** @param alone makes one poll as a call of its own */
    ConnectorPolling(Serving serving, ConnectorBudget budget, Redaction redaction,
            BiConsumer<Call, Consumer<Outcome>> alone) {
        this.serving = serving;
        this.outcomes = new Outcomes(serving, redaction, Stores.none());
        this.budget = budget;
        this.redaction = redaction;
        this.alone = alone;
    }

    @Override
    public @Nullable Batch ask(String account, Set<Handle> handles, @Nullable Instant since,
            BiConsumer<Handle, PollResult> told, Consumer<Boolean> waiting) throws Exception {
        return serving.within(() -> ConnectorBudget.as(Urgency.LIST, 0, waiting,
                () -> serving.connector().pollAll(account, handles, since, told)));
    }

    @Override
    public @Nullable Outcome outcome(PollResult result) {
        return outcomes.together(result);
    }

    @Override
    public String cause(Throwable fault) {
        return redaction.brief(Faults.told(fault));
    }

    @Override
    public void singly(Waiter waiter, Consumer<Outcome> done) {
        alone.accept(waiter.call(), done);
    }

    @Override
    public void pause(String account, Duration time) {
        budget.pause(account, time);
    }
}
