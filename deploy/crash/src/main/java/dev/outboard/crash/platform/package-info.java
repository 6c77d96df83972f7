/**
 * The simulated platform: a process with books of its own that outlives the workers, misbehaves by script, and treats a
 * repeated create as the guarantee under test has it; and the connectors that carry jobs to it.
 *
 * <p>
 * Dependencies: the SPI for the connectors; the JDK's HTTP server and client, so that the platform shares nothing with what
 * is tested; Jackson for the books.
 */
@NullMarked
package dev.outboard.crash.platform;

import org.jspecify.annotations.NullMarked;
