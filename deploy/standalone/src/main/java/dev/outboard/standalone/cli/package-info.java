/**
 * The client verbs: {@code run}, {@code get}, {@code cancel}, {@code task-types}. Data goes to standard output, what is meant
 * for people to standard error, and the exit code ({@link dev.outboard.standalone.exit.ExitCode}) tells the outcome.
 *
 * <p>
 * {@link dev.outboard.standalone.cli.JobsClient} makes one HTTP exchange a call; {@link dev.outboard.standalone.cli.Patience}
 * repeats what may be repeated; the verbs put the two together and the views print.
 *
 * <p>
 * Dependencies: the JDK's HTTP client; Jackson's tree model, because a client must keep what it does not know of an answer
 * and show it; picocli. Nothing else of Outboard: the CLI works against a server of another version.
 */
@NullMarked
package dev.outboard.standalone.cli;

import org.jspecify.annotations.NullMarked;
