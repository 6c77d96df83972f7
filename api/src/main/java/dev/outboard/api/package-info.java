/**
 * The doors of Outboard: jobs come in and are looked at here. {@link dev.outboard.api.ApiServer} opens them over a
 * {@link dev.outboard.dispatcher.view.Jobs}, which is all that it knows of the log.
 *
 * <p>
 * {@link dev.outboard.api.OpsServer} opens health and metrics alone, for a process that has no other door.
 *
 * <p>
 * Helidon's web server is here for HTTP on virtual threads; nothing of it is known below this package and its rooms.
 * Micrometer counts and times requests; its Prometheus registry writes what {@code /metrics} shows.
 */
@NullMarked
package dev.outboard.api;

import org.jspecify.annotations.NullMarked;
