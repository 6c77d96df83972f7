package dev.outboard.client;

/**
 * A job that was handed over.
 *
 * @param job as the server has it now
 * @param replayed whether an earlier request with the same key had made it
 * @param key the idempotency key that was sent: with it and the same request the call may be made again at any time
 */
public record Created(Job job, boolean replayed, String key) {}
