/**
 * The life of a job: what it is, what may happen to it, what it demands of the world. Pure: no I/O, no threads, and no
 * clock but the {@code now} that is passed in. {@link dev.outboard.dispatcher.job.Lifecycle} holds the rules; everything
 * else here is a value.
 *
 * <p>
 * The worker folds commands, results and ticks into records; readers use the same
 * {@link dev.outboard.dispatcher.job.Lifecycle#startsIncarnation rule} to tell a new job from a repeated create.
 */
@NullMarked
package dev.outboard.dispatcher.job;

import org.jspecify.annotations.NullMarked;
