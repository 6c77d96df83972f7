/**
 * A small job service over plain HTTP, for whoever writes a first connector or wants to see what the conformance suite
 * catches: it dedupes by id, by token or not at all, as the request asks for.
 */
@NullMarked
package dev.outboard.testkit.example;

import org.jspecify.annotations.NullMarked;
