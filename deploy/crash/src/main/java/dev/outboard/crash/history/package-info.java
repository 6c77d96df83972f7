/**
 * What callers of several replicas did and were told, and whether one job that takes one step at a time could have told it:
 * the check behind "no poll goes backwards". {@link dev.outboard.crash.history.History} collects,
 * {@link dev.outboard.crash.history.Linearizability} judges afterwards. Nothing here knows HTTP, Kafka or a state's name.
 *
 * <p>
 * Dependencies: none but JSpecify.
 */
@NullMarked
package dev.outboard.crash.history;

import org.jspecify.annotations.NullMarked;
