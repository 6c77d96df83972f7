/**
 * The conformance suite: what a connector must do for the promise to hold, as tests that its own test class inherits. It
 * drives the connector by the SPI as the worker would, makes the platform fail in all the ways that platforms do, and
 * compares the guarantee that was shown with the one declared.
 *
 * <p>
 * JUnit is here in main, for connector authors' tests to inherit from.
 */
@NullMarked
package dev.outboard.testkit.conformance;

import org.jspecify.annotations.NullMarked;
