/**
 * Jobs of task type {@code snowflake}: one SQL statement on a warehouse, by Snowflake's SQL API v2.
 *
 * <p>
 * {@link dev.outboard.connectors.snowflake.SnowflakeConnector} is the only public class. {@code Job} is what a request asks
 * for: where and by whom ({@code Meta}, which is also the handle), and the statement as Snowflake takes it ({@code Query},
 * {@code Pyformat}, {@code BatchInsert}, {@code Bind}). {@code Creation} submits it once for each key, {@code Tag} is how it
 * is found again. {@code SqlApi} sends requests, with {@code Tokens} from secrets ({@code PrivateKeys}); {@code Answer} is
 * what comes back, {@code Outcomes} and {@code SqlErrors} what that means. {@code History} looks into the query history, for
 * one job or, in {@code Sweeps}, for many; {@code Plans} explains.
 *
 * <p>
 * Not by the JDBC driver: it lets nobody choose the request id, loads native code and asks for cloud metadata. Depends on
 * the SPI and its support, on nimbus-jose-jwt to sign tokens with the user's key, and on Jackson for the API's JSON.
 */
@NullMarked
package dev.outboard.connectors.snowflake;

import org.jspecify.annotations.NullMarked;
