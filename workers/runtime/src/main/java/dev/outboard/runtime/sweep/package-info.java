/**
 * The sweep for orphans: external jobs that no job answers for, and jobs whose external job the platform has lost. By the
 * rules there is neither; a request that lands after its quarantine, a person's hand or a platform's accident makes one.
 *
 * <p>
 * A {@code Look} is the platform's listing and then the log, read to its end; {@code Comparison} tells what one look does
 * not explain and {@code Suspects} what no look explains for as long as a create may be late or a listing old. Both are
 * pure. {@link dev.outboard.runtime.sweep.Sweep} looks, {@link dev.outboard.runtime.sweep.Repair} puts right.
 *
 * <p>
 * It depends on the core's values, on the SPI's records, and on the runtime for the platform to ask.
 */
@NullMarked
package dev.outboard.runtime.sweep;

import org.jspecify.annotations.NullMarked;
