/**
 * {@code ./outboard crash}: the promise, tried out. A cluster of real processes takes jobs for a platform that misbehaves,
 * while its processes are killed and paused; at the end the platform's ledger, what clients saw and what Outboard says are
 * compared, and the numbers that must be 0 are printed.
 *
 * <p>
 * The roles are those of {@code ./outboard}, as child processes. The workers' class path has one entry more, which names the
 * simulated platform's connector; no other worker can find it.
 *
 * <p>
 * Dependencies: processes for the children, the SPI for the guarantee's name, picocli for the verb, Jackson for its
 * {@code --json}.
 */
@NullMarked
package dev.outboard.crash;

import org.jspecify.annotations.NullMarked;
