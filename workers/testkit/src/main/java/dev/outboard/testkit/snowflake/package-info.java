/**
 * A simulated Snowflake: the SQL API v2 as its documents describe it. Statements, their cancels and their errors are real,
 * for what the dialect shares with DuckDB's; so are the query history and the check of key-pair tokens.
 *
 * <p>
 * {@link dev.outboard.testkit.snowflake.SnowflakeSimulator} is the only public class. It answers requests; {@code Keyring}
 * says who asks, {@code Book} keeps all statements, {@code Statement} is one of them on its way through the states,
 * {@code Engine} runs its SQL ({@code Dialect} and {@code HistoryCall} turn Snowflake's words into DuckDB's,
 * {@code Binding} its binds, {@code SqlFault} DuckDB's errors into Snowflake's), and {@code Replies} and {@code Table} write
 * what goes over the wire.
 *
 * <p>
 * There is no vendor client for Java that speaks this API (the JDBC driver speaks another one), so its tests send what the
 * documents show, by plain HTTP. Depends on DuckDB for the SQL.
 */
@NullMarked
package dev.outboard.testkit.snowflake;

import org.jspecify.annotations.NullMarked;
