/**
 * How this program logs: everything on standard error through {@code java.util.logging}, a line a record, for people or
 * as JSON ({@code OUTBOARD_LOG_FORMAT}, {@code --log-format}).
 *
 * <p>
 * Jackson writes the JSON.
 */
@NullMarked
package dev.outboard.standalone.log;

import org.jspecify.annotations.NullMarked;
