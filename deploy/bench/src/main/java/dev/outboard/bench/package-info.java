/**
 * {@code ./outboard bench}: what Outboard costs over what it stands on. Every figure is taken beside its bare baseline, in
 * the same run on the same machine, in rounds that take turns; what counts is the ratio of the two.
 *
 * <p>
 * The measured roles are real: {@code ./outboard broker}, {@code api} and {@code worker} as child processes. The worker's
 * class path has one entry more, which names {@link dev.outboard.bench.BenchConnector}; no other worker can find it.
 *
 * <p>
 * Dependencies: kafka-clients and Helidon for the baselines; the dispatcher for the settings of its Kafka clients, so that a
 * baseline has none better or worse; the SPI for the connector; processes for the children; picocli for the verb, Jackson for its {@code --json}.
 */
@NullMarked
package dev.outboard.bench;

import org.jspecify.annotations.NullMarked;
