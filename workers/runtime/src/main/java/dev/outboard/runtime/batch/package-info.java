/**
 * Polls of many jobs at once, where a connector offers that: a poll that waits here has no thread and is no call. For each
 * account one {@link dev.outboard.runtime.batch.Rounds} asks round after round, and a
 * {@link dev.outboard.runtime.batch.Roster} keeps who waits and as of when each job is known, so that the next question
 * leaves no change out.
 *
 * <p>
 * A poll waits through any number of rounds that tell nothing new of its job: nothing is folded and nothing written, and a
 * place in a round costs no request. It ends with the first news, when the round fails and the job does not say so yet, or
 * when the lane calls it back because the job wants something else.
 *
 * <p>
 * Depends on the dispatcher for calls and outcomes, on the SPI for what is asked, on micrometer-core to count.
 */
@NullMarked
package dev.outboard.runtime.batch;

import org.jspecify.annotations.NullMarked;
