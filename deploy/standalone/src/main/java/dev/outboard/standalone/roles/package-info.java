/**
 * The server-side roles of {@code ./outboard}, one subcommand each: parse options, start what another module offers, say
 * where it listens, hold until Ctrl-C. {@code reconcile} and {@code plan} end by themselves; they are here because
 * they need what a worker needs.
 *
 * <p>
 * Dependencies: picocli; {@code outboard-broker} for the broker, {@code outboard-api} for the doors, the dispatcher for view
 * and lanes, {@code outboard-runtime} for connectors. Micrometer keeps what a process measures, which Prometheus scrapes.
 * Reports look as the client verbs' do, so {@code cli.show} and Jackson print them;
 * {@code plan} reads a job as {@code create} does, and then as the API does. Connectors themselves are on the class
 * path only at run time.
 */
@NullMarked
package dev.outboard.standalone.roles;

import org.jspecify.annotations.NullMarked;
