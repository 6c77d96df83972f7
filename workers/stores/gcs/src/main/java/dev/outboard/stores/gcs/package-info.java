/**
 * The output store for Google Cloud Storage.
 *
 * <p>
 * It depends on the SPI, on the connectors' support for settings and buckets, and on Google's client for the JSON API, which
 * takes a fifth of what google-cloud-storage brings.
 */
@NullMarked
package dev.outboard.stores.gcs;

import org.jspecify.annotations.NullMarked;
