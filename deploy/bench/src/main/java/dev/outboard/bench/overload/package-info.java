/**
 * {@code ./outboard overload}: what happens when far more jobs are offered than a worker can take. Nothing is compared here;
 * promises are checked: bounded memory in every process, a refusal with Retry-After where one is due, the end of every
 * accepted job, and an answer to every poll.
 *
 * <p>
 * The roles are real processes with stated heaps. The benchmark's connector stands for a platform that takes its time for a
 * create, so that the worker's pace is its platform's and not that of a machine that all of them share.
 */
@NullMarked
package dev.outboard.bench.overload;

import org.jspecify.annotations.NullMarked;
