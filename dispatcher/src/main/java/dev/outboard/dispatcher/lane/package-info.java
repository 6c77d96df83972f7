/**
 * The worker's turn. A {@link dev.outboard.dispatcher.lane.Lane} is the single writer of the state partitions it owns:
 * {@code poll → fold commands, results, due timers → one transaction (records + offsets) → effects}. It restores a
 * partition before the first fold, and on any doubt about the log it drops everything and starts again from the log.
 *
 * <p>
 * It reaches Kafka through {@link dev.outboard.dispatcher.log.LogPort} and the platforms through
 * {@link dev.outboard.dispatcher.lane.Effects}, which the workers' runtime implements. Calls follow the commit of what they
 * are for; a check alone does not wait for it, since it reaches nothing outside. Micrometer's core keeps what is counted and
 * timed.
 */
@NullMarked
package dev.outboard.dispatcher.lane;

import org.jspecify.annotations.NullMarked;
