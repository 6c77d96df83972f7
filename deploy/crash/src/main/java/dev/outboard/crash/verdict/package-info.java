/**
 * Whether the promise held: the platform's ledger, what the clients noted, and each job's last record on every replica, side
 * by side. Pure: no process, no clock.
 */
@NullMarked
package dev.outboard.crash.verdict;

import org.jspecify.annotations.NullMarked;
