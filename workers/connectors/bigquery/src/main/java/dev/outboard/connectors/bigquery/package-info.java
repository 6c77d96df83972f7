/**
 * Jobs of task type {@code bigquery_query_job_task}: one query on BigQuery each, created under the external key as its job
 * id (guarantee ADOPT). {@code docs/connectors/bigquery.md} tells users what it takes and gives.
 *
 * <p>
 * {@link dev.outboard.connectors.bigquery.BigQueryConnector} is the only public class. {@code JobSpec} reads a request
 * ({@code QueryConfig} and {@code Fitted} its custom, {@code Inputs} and {@code Mentions} the parameters, {@code Labels});
 * {@code Creation} inserts and adopts, {@code Watch} polls and cancels, {@code Listing} lists; {@code States},
 * {@code Statistics} and {@code Reasons} say what BigQuery's answers mean. {@code Logins}, {@code KeyFiles} and
 * {@code Clients} find credentials, {@code Client} sends.
 *
 * <p>
 * Depends on the SPI and its support, and on google-cloud-bigquery for options, credentials and the generated JSON service
 * {@code com.google.api.services.bigquery.Bigquery}. Its high-level client is not used: it retries by itself, adopts a
 * conflicting job without comparing it, and changes a job's id where it was given none.
 */
@NullMarked
package dev.outboard.connectors.bigquery;

import org.jspecify.annotations.NullMarked;
