/**
 * What {@code ./outboard} starts: one program with every role of Outboard and the client verbs.
 *
 * <p>
 * {@link dev.outboard.standalone.Outboard} is the command line; its verbs live in {@code cli} (they speak HTTP to a server
 * and know nothing of the rest) and its server-side roles in {@code roles}. How both end is in
 * {@code exit}; how the program logs in {@code log}; how errors are said is here.
 *
 * <p>
 * Dependencies: picocli parses the command line; the other modules of Outboard are what the roles run; {@code slf4j-jdk14}
 * brings Kafka's log lines to {@code java.util.logging}, where Helidon's are.
 */
@NullMarked
package dev.outboard.standalone;

import org.jspecify.annotations.NullMarked;
