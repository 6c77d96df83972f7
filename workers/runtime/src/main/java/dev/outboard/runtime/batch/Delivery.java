package dev.outboard.runtime.batch;

import dev.outboard.dispatcher.job.Outcome;

/** An outcome on its way, to be handed over when no lock is held. */
record Delivery(Waiter waiter, Outcome outcome) {
    void hand() {
        waiter.done().accept(outcome);
    }
}
