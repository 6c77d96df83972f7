/**
 * Databricks' Jobs API (2.1 and 2.2) for one-time runs on loopback, and a workspace's OAuth endpoints.
 * {@link dev.outboard.testkit.databricks.DatabricksSimulator} routes; {@code Spec} refuses what Databricks would refuse;
 * {@code Book} keeps the runs, each a {@code Run}, whose state follows the clock; {@code Listing} pages through them;
 * {@code RunJson} and {@code Output} show them as the API does; {@code Logins} says who may ask.
 *
 * <p>
 * Nothing is executed: a notebook returns its own parameters as JSON, and a run fails where a test says so. Jackson reads
 * and writes JSON.
 */
@NullMarked
package dev.outboard.testkit.databricks;

import org.jspecify.annotations.NullMarked;
