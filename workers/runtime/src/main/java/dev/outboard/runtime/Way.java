package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.runtime.batch.Batches;
import dev.outboard.runtime.batch.Waiter;
import dev.outboard.runtime.budget.ConnectorBudget;
import dev.outboard.spi.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How calls reach one connector.
 *
 * @param slots bounds the calls that may be inside it
 * @param batches null where it has none, and every poll is a call
 */
record Way(Serving serving, Conversation conversation, CallSlots slots, Accounts accounts, ConnectorBudget budget,
        @Nullable Batches batches) {

    /** The same for a poll that is not to wait for others. */
    Way alone() {
        return new Way(serving, conversation, slots, accounts, budget, null);
    }

    /** Where a poll waits for others' news; null if it is to be a call of its own. */
    Batches.@Nullable Place join(Waiter waiter) {
        if (batches == null) {
            return null;
        }
        try {
            var handle = conversation.handle(waiter.call());
            return batches.join(accounts.of(handle), handle, waiter);
        } catch (Conversation.Unprepared unprepared) {
            // the call of its own tells why
            return null;
        }
    }

    /**
     * What was created with no older create in doubt is younger than its call: batch polls need know no more of it.
     *
     * @param begun before the call, by {@link System#nanoTime}
     */
    void created(Call call, Outcome outcome, long begun) {
        if (batches != null && call.op() == Op.CREATE && outcome instanceof Outcome.Exists(var handle, _)
                && call.job().condition(Condition.Type.OUTCOME_UNKNOWN) == null) {
            batches.born(new Handle(handle.version(), handle.value()), begun);
        }
    }
}
