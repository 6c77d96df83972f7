package dev.outboard.api.decode;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer JSON pointer (RFC 6901) to the offending member, or to the place that lacks one
 * @param detail for people; holds no value of the caller's
 */
public record Violation(String pointer, String detail) {}
