/**
 * Jobs of task type {@code duckdb}: one SQL statement that runs inside the worker and leaves a Parquet file. The platform
 * that needs nothing installed, so also the one that demos, tests and laptops use.
 *
 * <p>
 * {@link dev.outboard.connectors.duckdb.DuckDbConnector} is the only public class. It checks requests
 * ({@code RequestCheck}) and keeps the jobs of this process ({@code Jobs}, a bounded book of what runs and what has
 * ended). A {@code Job} is one run: it opens a locked-down engine of its own ({@code Sandbox}), lets DuckDB's parser find
 * the statement's parameters ({@code ParsedStatement}), binds the inputs ({@code InputType}) and writes the result
 * ({@code ResultFile}). {@code Failures} says in whose hands an error lies.
 *
 * <p>
 * Queries run on platform threads: a native call pins its carrier for as long as it takes, and would starve every virtual
 * thread of the process. A job lives and dies with the process; that is why its handle names the worker.
 *
 * <p>
 * Depends on the SPI, and on duckdb_jdbc for the engine itself (native code, unpacked by its driver when first used).
 * Parquet, JSON and ICU are linked into it; no extension is ever downloaded.
 */
@NullMarked
package dev.outboard.connectors.duckdb;

import org.jspecify.annotations.NullMarked;
