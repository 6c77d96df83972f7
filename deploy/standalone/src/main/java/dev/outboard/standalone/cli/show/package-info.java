/**
 * How jobs look: sheets, tables, progress, times and JSON, as text. Nothing here asks a server or a clock; what a server or
 * a platform said is made fit for a terminal here.
 *
 * <p>
 * Dependencies: the client for its jobs; Jackson to print JSON as it came.
 */
@NullMarked
package dev.outboard.standalone.cli.show;

import org.jspecify.annotations.NullMarked;
