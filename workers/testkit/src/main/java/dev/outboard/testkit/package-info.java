/**
 * The kit for connector authors: simulated platforms ({@code sim} and a package for each), the conformance suite
 * ({@code conformance}) and a platform to try it on ({@code example}). In main code, because connectors of others are tested with it too.
 *
 * <p>
 * It depends on the SPI, on Jackson for the platforms' JSON, on DuckDB to really run the SQL that is sent to a simulated
 * platform, and, for the suite alone, on JUnit and Awaitility.
 */
@NullMarked
package dev.outboard.testkit;

import org.jspecify.annotations.NullMarked;
