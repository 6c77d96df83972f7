/**
 * The doors of Outboard: jobs come in and are looked at here. {@link dev.outboard.api.ApiServer} opens them over a
 * {@link dev.outboard.dispatcher.view.Jobs}, which is all that it knows of the log.
 *
 * <p>
 * Helidon's web server is here for HTTP on virtual threads; nothing of it is known below this package and its rooms.
 */
@NullMarked
package dev.outboard.api;

import org.jspecify.annotations.NullMarked;
