/**
 * Simulated object stores, as much of them as it takes to write an object: S3 and Google Cloud Storage. Faults that the
 * kit aims at {@code CREATE} meet a write.
 */
@NullMarked
package dev.outboard.testkit.storage;

import org.jspecify.annotations.NullMarked;
