/**
 * What a connector author sees: three methods over plain records. No Kafka, no HTTP server, no protobuf.
 *
 * <p>
 * A <em>connector</em> carries jobs of some task types to one platform. It is a class that implements
 * {@link dev.outboard.spi.Connector} and is named in {@code META-INF/services/dev.outboard.spi.Connector}; its jar lies in a
 * plug-in folder or on the worker's class path. {@code docs/connectors/write-a-connector.md} writes one from nothing. This is
 * what to know for a second one.
 *
 * <h2>A job's life, seen from a connector</h2>
 * <table>
 * <caption>Which method is called when</caption>
 * <tr><th>the worker has</th><th>it calls</th><th>and takes from the answer</th></tr>
 * <tr><td>a new job</td><td>{@link dev.outboard.spi.Connector#check check}</td><td>an error: the job fails at once, and the
 * platform is never asked</td></tr>
 * <tr><td>written down that it will create</td><td>{@link dev.outboard.spi.Connector#create create}</td><td>a
 * {@linkplain dev.outboard.spi.Handle handle}, which is all that later calls get</td></tr>
 * <tr><td>a create of which it has no answer</td><td>{@code create} again; of a
 * {@link dev.outboard.spi.Guarantee#SEARCH SEARCH} connector {@link dev.outboard.spi.Connector#find find} first</td><td>the
 * handle of the job that is there</td></tr>
 * <tr><td>a handle</td><td>{@link dev.outboard.spi.Connector#poll poll}, or
 * {@link dev.outboard.spi.Connector#pollAll pollAll} for many</td><td>{@code Running}, or an end</td></tr>
 * <tr><td>a cancel and a handle</td><td>{@link dev.outboard.spi.Connector#delete delete}, until it tells an
 * end</td><td>whatever end that is: a job may have succeeded first</td></tr>
 * <tr><td>a cancel, and a create of which it has no answer</td><td>{@link dev.outboard.spi.Connector#occupy occupy}, then
 * {@code delete}</td><td>the certainty that no create lands later</td></tr>
 * <tr><td>time for a sweep</td><td>{@link dev.outboard.spi.Connector#list list}</td><td>jobs that nobody answers for, and
 * jobs that the platform has lost</td></tr>
 * </table>
 *
 * <p>
 * Any call may come again, after a crash, from another process, while the first is still under way. So a connector keeps
 * nothing of its own that matters: no table of jobs, no file, no thread that polls. A client, a connection pool, an access
 * token may be kept, for they can be made anew.
 *
 * <h2>The key</h2>
 * {@link dev.outboard.spi.CreateRequest#key()} is the same for every create of one attempt, and no other attempt's: 52
 * characters {@code [a-z2-7]}. Hand it to the platform, as the job's id, as an idempotency token or at least as a label. All of
 * the promise "exactly once" hangs on it. Two jobs may meet under one key only by a mistake, ours or somebody's: put
 * {@link dev.outboard.spi.CreateRequest#fingerprint()} on the job too, compare it before adopting, and refuse what differs.
 *
 * <h2>Guarantees</h2>
 * {@link dev.outboard.spi.Guarantee} says what the <em>platform</em> does with a repeated create, not how careful the
 * connector is. To look first and then create is SEARCH, for two may look at the same time; ADOPT and TOKEN are the platform's
 * own doing. The conformance suite ({@code outboard-testkit}) tries it and fails a connector that declares more than it shows.
 * With less, more is left to the operator, and jobs say so.
 *
 * <h2>What to answer</h2>
 * An answer is written down and never asked again, so it must be known:
 * <ul>
 * <li>{@code Created}, {@code Adopted}: there is one job, and this is its handle.
 * <li>{@code Rejected}, {@code CreateResult.Retry}: <em>nothing</em> exists under the key. 400 and 429 mean that; 500, a
 * time-out, a connection that broke, an answer that is no JSON do not.
 * <li>{@code Succeeded}, {@code Failed}, {@code Cancelled}, {@code Gone}: the platform said so, in words that the connector
 * knows. A state of next year's is {@code Running}. 404 for a handle is {@code Gone}; absence from a list is not, for lists lag.
 * <li>Anything else is an exception. An {@link java.io.IOException} (also {@link java.io.UncheckedIOException},
 * {@link java.util.concurrent.TimeoutException}) means trouble on the way: the outcome of a create is unknown, a poll's
 * platform not reached, and the worker comes back for as long as it takes. Every other exception looks like a bug: five in a
 * row from {@code create}, and the job fails. Vendors' clients throw their own: wrap them.
 * </ul>
 *
 * <h2>Errors for people</h2>
 * {@link dev.outboard.spi.TaskError}: USER if the job must be changed, SYSTEM for everything else; a short stable code; the
 * platform's own words; {@code retryable} if the same job may succeed in a new attempt; a JSON pointer to what is wrong in the
 * create body; {@link dev.outboard.spi.TaskError#next next} for what to do, {@link dev.outboard.spi.TaskError#from from} for
 * the platform's code and request id. No stack trace.
 *
 * <h2>Threads, time, budget</h2>
 * Methods run on virtual threads, many at a time, and may block. A call that outlives
 * {@link dev.outboard.spi.ConnectorInfo#callDeadline()} is interrupted: let the interrupt end it. Never hold a native call on
 * such a thread. Switch a client's own retries off, and never sleep: how often, how long and after what patience is the
 * worker's to decide, and a retry that nobody counts breaks the {@linkplain dev.outboard.spi.Budget budget}. The worker takes
 * one request from the budget before each call; a call that sends more takes each of those itself. The only clock is
 * {@link dev.outboard.spi.ConnectorContext#clock()}, and the platform's may be an hour off: compare its times with its times.
 *
 * <h2>Batches</h2>
 * A thousand running jobs are a thousand polls, unless {@link dev.outboard.spi.ConnectorInfo#batches()} and
 * {@link dev.outboard.spi.Connector#pollAll pollAll} ask for a page of them at a time. A {@link dev.outboard.spi.Batch} tells
 * of as many as it can; the rest is polled singly, in time. Only a platform that can say what has changed since a moment of
 * its own clock lets {@code restUnchanged} be true.
 *
 * <h2>Secrets</h2>
 * Ask {@link dev.outboard.spi.SecretReader} by name, for every call: the secret may be another one by then. The one that a
 * request or call brings knows the job's own secrets and then the worker's; {@link dev.outboard.spi.ConnectorContext#secrets()}
 * knows the worker's alone. No secret may be in a result, a handle, a link, a message, an exception or the log. When the
 * platform answers 401, a cached token is thrown away; that is no reason to fail a job that runs.
 *
 * <p>
 * This module depends on JSpecify alone, for nullness.
 */
@NullMarked
package dev.outboard.spi;

import org.jspecify.annotations.NullMarked;
