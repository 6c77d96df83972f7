/**
 * What is done to the processes while clients work: kills, pauses, planned stops and outages, by a schedule that follows
 * from the seed alone. Which process a fault hits depends on the moment only where the scheduled one is down already.
 */
@NullMarked
package dev.outboard.crash.fault;

import org.jspecify.annotations.NullMarked;
