/**
 * The reader's side: what an API process knows of jobs, from tailing the logs, and how it asks for something.
 * {@link dev.outboard.dispatcher.view.Jobs} is the seam between the doors and the log.
 *
 * <p>
 * A job is a create in the untaken part of the command log that starts a new incarnation, else its state record. An
 * answer never goes backwards: non-terminal ones and "unknown" pass a barrier that asks Kafka how far the logs reach. Who
 * watches a job is told by the tails' threads, at no read of their own. What there may be too much of is not kept whole: of
 * older ended jobs a line, of specs and dead letters nothing; they are read again when somebody asks. Micrometer's core
 * keeps what is counted and timed.
 */
@NullMarked
package dev.outboard.dispatcher.view;

import org.jspecify.annotations.NullMarked;
