/**
 * What a connector author sees: three methods over plain records. No Kafka, no HTTP server, no protobuf.
 *
 * <p>
 * A <em>connector</em> carries jobs of some task types to one platform. Write a class that implements
 * {@link dev.outboard.spi.Connector}, name it in {@code META-INF/services/dev.outboard.spi.Connector}, and put its jar on
 * the worker's class path. The worker calls
 * <ol>
 * <li>{@link dev.outboard.spi.Connector#check check} to refuse what can be seen to be wrong without a platform call,
 * <li>{@link dev.outboard.spi.Connector#create create} once the intent to create is durable,
 * <li>{@link dev.outboard.spi.Connector#poll poll} until the platform tells an end, and
 * <li>{@link dev.outboard.spi.Connector#delete delete} when the job is cancelled.
 * </ol>
 *
 * <p>
 * Any of these may be called again after a crash, by another process, with the same
 * {@linkplain dev.outboard.spi.CreateRequest#key() key}: a connector keeps nothing of its own that matters. How well the
 * platform tells a repeated create from a new one is the connector's {@link dev.outboard.spi.Guarantee}, which it declares.
 *
 * <p>
 * A connector that can {@link dev.outboard.spi.Connector#list list} what it created lets a sweep find what no job answers
 * for.
 *
 * <p>
 * Methods run on virtual threads, many at a time, each under a deadline; they may block and they may throw. An exception
 * never harms the worker: in {@code create} it means "outcome unknown", elsewhere "platform not reached". Retries, time,
 * back-off and budgets belong to the worker: switch a client's own retries off.
 *
 * <p>
 * This module depends on JSpecify alone, for nullness.
 */
@NullMarked
package dev.outboard.spi;

import org.jspecify.annotations.NullMarked;
