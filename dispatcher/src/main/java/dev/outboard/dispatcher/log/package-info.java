/**
 * The log: topics, their settings, the registry, and {@link dev.outboard.dispatcher.log.LogPort}, the narrow door through
 * which a lane sees Kafka. This room alone (with {@code view}'s tails) knows Kafka's classes.
 *
 * <p>
 * kafka-clients is here because the log is Kafka; plain clients, because the worker's loop needs transactions, rebalances
 * and positions in its own hands.
 */
@NullMarked
package dev.outboard.dispatcher.log;

import org.jspecify.annotations.NullMarked;
