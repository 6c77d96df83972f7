/**
 * The whole of the core in one thread, from one seed: production lanes over a log in memory with Kafka's semantics, production
 * views, a platform with a ledger, and clients; what may go wrong does, and then every promise is checked.
 */
@NullMarked
package dev.outboard.dispatcher.sim;

import org.jspecify.annotations.NullMarked;
