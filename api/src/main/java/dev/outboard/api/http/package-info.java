/**
 * HTTP as every door needs it: bodies with a limit, answers, errors as RFC 9457 problems, methods, draining. Helidon
 * does routing and the protocol; what it leaves open is closed here: 405 with Allow, HEAD, a body limit that a client
 * gets to read about, problem bodies for errors that arise before any route.
 *
 * <p>
 * Jackson writes what is answered.
 */
@NullMarked
package dev.outboard.api.http;

import org.jspecify.annotations.NullMarked;
