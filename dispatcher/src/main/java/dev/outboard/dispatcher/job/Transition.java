package dev.outboard.dispatcher.job;

import java.time.Instant;

/**
 * A state that a job came into.
 *
 * @param attempt in which, counted from 1
 * @param at when
 */
public record Transition(State state, int attempt, Instant at) {}
