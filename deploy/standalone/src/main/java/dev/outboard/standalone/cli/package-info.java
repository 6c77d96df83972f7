/**
 * The client verbs: {@code run}, {@code create}, {@code get}, {@code list}, {@code wait}, {@code cancel},
 * {@code describe}, {@code resolve}, {@code deadletter}, {@code task-types}, {@code config} and {@code completion}. Data
 * goes to standard output, what is meant for people to standard error, and the exit code ({@link dev.outboard.standalone.exit.ExitCode}) tells the outcome.
 *
 * <p>
 * {@link dev.outboard.standalone.cli.ClientVerb} is what those share that speak to a server; how things look is in
 * {@code show}, named servers in {@code profile}.
 *
 * <p>
 * Dependencies: the Java client, through which every verb speaks; picocli. Nothing else of Outboard: the CLI works against a
 * server of another version.
 */
@NullMarked
package dev.outboard.standalone.cli;

import org.jspecify.annotations.NullMarked;
