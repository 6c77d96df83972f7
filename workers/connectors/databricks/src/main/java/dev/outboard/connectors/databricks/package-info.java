/**
 * Carries jobs of task type {@code databricks} to Databricks as one-time runs ({@code runs/submit}). Databricks dedupes them
 * by our external key, its {@code idempotency_token}: guarantee TOKEN.
 *
 * <p>
 * {@code RunBody} writes what Flyte's template asks for, {@code Api} sends it, {@code RunState} and {@code Terminations}
 * read what became of it, {@code Listing} asks for many at once and {@code Inventory} for a sweep, both by
 * {@code Pages}.
 *
 * <p>
 * It depends on the SPI, on support for settings and templates, and on Databricks' own SDK for requests and errors (with
 * its Jackson). The SDK's configuration class is not used, for it fills itself from the process' environment; its own retries
 * are off, for time belongs to the worker; tokens it fetches with retries that cannot be turned off, so {@code TokenService} does.
 */
@NullMarked
package dev.outboard.connectors.databricks;

import org.jspecify.annotations.NullMarked;
