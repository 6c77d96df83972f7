/**
 * Tables in few bytes, for what there may be millions of: ended jobs, in workers and in readers.
 */
@NullMarked
package dev.outboard.dispatcher.table;

import org.jspecify.annotations.NullMarked;
