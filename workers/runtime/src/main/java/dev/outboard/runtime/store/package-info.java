/**
 * The output store that every worker has: files of this machine, or of a volume that it shares with whoever reads them.
 * Others come as plug-ins, with their clients.
 *
 * <p>
 * It depends on the SPI alone, and knows nothing of the rest of the runtime.
 */
@NullMarked
package dev.outboard.runtime.store;

import org.jspecify.annotations.NullMarked;
