/**
 * Simulated platforms beside a local stack: the same job that goes to the cloud runs on a laptop.
 *
 * <p>
 * It depends on the testkit for the simulators alone: how a connector finds its simulator, the simulator itself says.
 */
@NullMarked
package dev.outboard.standalone.simulate;

import org.jspecify.annotations.NullMarked;
