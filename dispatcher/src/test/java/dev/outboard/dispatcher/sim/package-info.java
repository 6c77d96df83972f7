/**
 * The whole of the core on one thread, from one seed: production lanes over a log in memory that has Kafka's
 * semantics, production views, a platform with a ledger of its own, and clients. What may go wrong does; then it is
 * calm, and every promise is checked.
 *
 * <p>
 * A worker must be stoppable within a turn, between any two things it asks of the log. Its loop therefore runs on the
 * JDK's own {@code Continuation}: one thread, nothing of the operating system in the order of steps, a switch in
 * 0.2 µs, and a worker that dies is an object that is dropped. A thread for each worker, with a baton, would need two
 * switches of threads a step and a way to kill a thread in the middle of a turn. The price is that
 * {@code jdk.internal.vm} is no public API: {@link dev.outboard.dispatcher.sim.Fiber} alone knows it, and needs
 * {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED} (the module's surefire settings).
 *
 * <p>
 * Kept simple: a partition has one replica, brokers do not die, and nothing but the platform's own window makes the log
 * forget. Reads follow {@code view.Reader} step by step in {@link dev.outboard.dispatcher.sim.Door}, because the
 * production reader waits on threads: whoever changes one changes both. What is read from is the production view.
 */
@NullMarked
package dev.outboard.dispatcher.sim;

import org.jspecify.annotations.NullMarked;
