/**
 * Every order of steps that one job's life can take within small bounds of faults: a model of the log, the group and
 * the platform around the production rules of {@code dispatcher.job}. The design's rules R1 to R9 are switches; each
 * that is taken away must show a counterexample, and the shortest is printed. R6 alone is for speed: without it nothing
 * goes wrong, and a takeover waits for a time-out.
 */
@NullMarked
package dev.outboard.dispatcher.explore;

import org.jspecify.annotations.NullMarked;
