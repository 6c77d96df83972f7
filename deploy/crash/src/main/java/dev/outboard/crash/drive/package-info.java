/**
 * Those who use Outboard: many clients at a time, each with a job of its own, who note whatever they see. They speak plain
 * HTTP to both replicas and repeat what they got no answer to on the other one, as the CLI does.
 *
 * <p>
 * Dependencies: the JDK's HTTP client and Jackson; the platform's script, which says what each client does;
 * the history, which is told of every create and read.
 */
@NullMarked
package dev.outboard.crash.drive;

import org.jspecify.annotations.NullMarked;
