/**
 * Named servers that a person works with, kept in a small file of his own.
 *
 * <p>
 * Dependencies: Jackson for the file, {@code exit} to say what is wrong with it. A token is never in it, only the name of
 * the file that holds one.
 */
@NullMarked
package dev.outboard.standalone.cli.profile;

import org.jspecify.annotations.NullMarked;
