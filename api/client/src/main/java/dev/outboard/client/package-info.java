/**
 * The Java client of Outboard's jobs REST door: create, get, list, await, watch and cancel jobs.
 *
 * <p>
 * {@link dev.outboard.client.OutboardClient} is the way in. A call is one {@code Calls} method; {@code Patience} repeats what
 * may be repeated; {@code LongPoll} and {@code EventFeed} follow a job. What a server tells is kept whole beside the typed
 * view of it, so that a client of this version can be used with a server of a later one.
 *
 * <p>
 * Dependencies: the JDK's HTTP client, and Jackson's tree model because a client must keep what it does not know of an
 * answer. Nothing else of Outboard.
 */
@NullMarked
package dev.outboard.client;

import org.jspecify.annotations.NullMarked;
