/**
 * The output store for S3, and for what speaks its protocol.
 *
 * <p>
 * It depends on the SPI, on the connectors' support for settings and buckets, and on Amazon's SDK with its Apache client.
 */
@NullMarked
package dev.outboard.stores.s3;

import org.jspecify.annotations.NullMarked;
