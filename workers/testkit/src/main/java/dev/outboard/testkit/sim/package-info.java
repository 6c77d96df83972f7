/**
 * What every simulated platform has: an HTTP server that speaks as the real one does, a clock that its jobs' states advance
 * by, a ledger of what was really created, a limit of requests, and faults that wait for a request.
 *
 * <p>
 * A simulator is kept honest by being driven through the vendor's own client alone. It runs on the JDK's HTTP server, so
 * that it adds nothing to a connector's test; Jackson reads and writes its JSON.
 */
@NullMarked
package dev.outboard.testkit.sim;

import org.jspecify.annotations.NullMarked;
