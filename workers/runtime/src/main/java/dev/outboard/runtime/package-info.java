/**
 * Runs the connectors: finds and opens them, and carries the lane's calls to them. It stands between code that may throw,
 * hang or lie and a worker that must not: every call has a virtual thread, a deadline and exactly one outcome, and nothing
 * leaves that names a secret.
 *
 * <p>
 * {@link dev.outboard.runtime.Connectors} makes the connectors ready, {@link dev.outboard.runtime.ConnectorEffects}
 * carries calls, {@link dev.outboard.runtime.Secrets} looks secrets up, {@link dev.outboard.runtime.Stores} takes outputs that
 * are too large for a record. The rest translates between Flyte's messages and
 * the SPI's records.
 *
 * <p>
 * It depends on the dispatcher for the seam it fills ({@code lane.Effects}) and the core's values, on the SPI for what it
 * calls, on protobuf-java for Flyte's literals, and on micrometer-core to count and time calls. Kafka comes along with the
 * dispatcher and must not be used.
 */
@NullMarked
package dev.outboard.runtime;

import org.jspecify.annotations.NullMarked;
