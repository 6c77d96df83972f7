/**
 * {@code ./outboard staleness}: how late changes are seen where thousands of jobs share one account, and what it costs.
 *
 * <p>
 * The account is a simulated one, in this JVM: it lists its jobs page by page, refuses what goes beyond its limit, and knows
 * when each job changed, so that the time until the API shows it can be told. The worker reaches it through
 * {@link dev.outboard.bench.staleness.PagingConnector}, which stands for connectors of real platforms: one that can only
 * list what runs, and one that can say what has changed. Broker, API and worker are real processes.
 *
 * <p>
 * Dependencies: the JDK's HTTP server and client for the platform and its connector, the SPI for that; else those of the
 * benchmark.
 */
@NullMarked
package dev.outboard.bench.staleness;

import org.jspecify.annotations.NullMarked;
