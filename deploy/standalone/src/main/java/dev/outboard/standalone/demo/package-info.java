/**
 * {@code ./outboard demo}: the main job end to end, as propeller would drive it, over the RFC door.
 *
 * <p>
 * It talks to the stack over HTTP only, with the JDK's client and Jackson, and reads the result's first rows through JDBC,
 * for which the DuckDB driver is on the class path with its connector.
 */
@NullMarked
package dev.outboard.standalone.demo;

import org.jspecify.annotations.NullMarked;
