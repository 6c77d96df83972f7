/**
 * A real Kafka broker (KRaft: its own controller), for a machine where no Kafka is at hand: one node, or several of them
 * as a cluster whose nodes are all told of each other ({@link dev.outboard.broker.Quorum}).
 *
 * <p>
 * {@link dev.outboard.broker.Broker} runs inside the caller's JVM ({@code ./outboard dev}, {@code demo}, {@code broker}) or,
 * by its {@code main}, as a process of its own that tests may kill. It is the stock broker: what holds on it holds on any
 * Kafka, but for replication, which one node cannot give.
 *
 * <p>
 * Dependencies: {@code kafka_2.13} is the broker; {@code kafka-clients}, {@code -metadata}, {@code -server} and
 * {@code -server-common} are named because we compile against them and it declares them for run time only;
 * {@code slf4j-jdk14} lets it be heard. Nothing else of Outboard: this room knows no topic of ours.
 */
@NullMarked
package dev.outboard.broker;

import org.jspecify.annotations.NullMarked;
