package dev.outboard.runtime;

import dev.outboard.runtime.batch.Batches;
import dev.outboard.runtime.budget.ConnectorBudget;
import org.jspecify.annotations.Nullable;

/**
 * How calls reach one connector.
 *
 * @param slots bounds the calls that may be inside it
 * @param batches null where it has none, and every poll is a call
 */
record Way(Serving serving, Conversation conversation, CallSlots slots, Accounts accounts, ConnectorBudget budget,
        @Nullable Batches batches) {}
