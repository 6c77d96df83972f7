/**
 * BigQuery's REST interface on loopback: jobs (insert, get, list, cancel, dry run), reading results, and Google's token
 * endpoint for one service account. {@link dev.outboard.testkit.bigquery.BigQuerySimulator} routes; {@code Book} keeps the
 * jobs, each a {@code SimJob}, whose state follows the clock; {@code Tokens} says who may ask.
 *
 * <p>
 * SQL really runs: {@code Dialect} turns GoogleSQL into DuckDB's as far as words and literals go (quoting, types, named
 * parameters, paths of tables), {@code Engine} runs it in one in-memory DuckDB without access to files or the network, and
 * what DuckDB says of an error is what the job fails with. Datasets come into being when first written to;
 * {@code bigquery-public-data.samples.shakespeare} is there, with rows made by a rule.
 */
@NullMarked
package dev.outboard.testkit.bigquery;

import org.jspecify.annotations.NullMarked;
