/**
 * How a command ends: the exit codes that scripts rely on, and the failure that carries one with its next step. Verbs and
 * roles share it; it depends on nothing.
 */
@NullMarked
package dev.outboard.standalone.exit;

import org.jspecify.annotations.NullMarked;
