package dev.outboard.runtime.sweep;

/**
 * One finding and what was done about it.
 *
 * @param done for people, empty where nothing was
 * @param fixed false if it is still so
 */
public record Line(Finding finding, String done, boolean fixed) {}
