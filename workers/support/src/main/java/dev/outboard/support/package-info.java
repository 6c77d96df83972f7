/**
 * What connectors of remote platforms have in common: reading a template's {@code custom} with errors that point
 * ({@link dev.outboard.support.Fields}), settings that refuse nonsense ({@link dev.outboard.support.Settings}), hosts that a
 * job may name ({@link dev.outboard.support.AllowedHosts}), numbers as a platform's JSON wants them
 * ({@link dev.outboard.support.Whole}), buckets that an output store may write to ({@link dev.outboard.support.Buckets}). A connector may use it or not; it is bundled with each plug-in.
 *
 * <p>
 * It depends on the SPI alone.
 */
@NullMarked
package dev.outboard.support;

import org.jspecify.annotations.NullMarked;
