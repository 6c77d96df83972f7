package dev.outboard.testkit.sim;

import java.time.Instant;

/**
 * One external job in a platform's own book.
 *
 * @param id the platform's own
 * @param key our external key, read from where the connector put it; empty if it is in none of those places
 * @param createdAt by the simulator's clock
 * @param live false once it has ended
 * @param cancels how often it was asked to stop
 */
public record Entry(String id, String key, Instant createdAt, boolean live, int cancels) {}
