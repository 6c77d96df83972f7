/**
 * Everything that runs, as child processes: three brokers, two APIs, three workers and the platform, each of which can be
 * killed, paused, stopped and started again on the same port.
 *
 * <p>
 * Dependencies: processes for the children; kafka-clients, to ask whether a broker that was killed is back in the ISR: the
 * next one must not be killed before that, and only Kafka can tell.
 */
@NullMarked
package dev.outboard.crash.cluster;

import org.jspecify.annotations.NullMarked;
