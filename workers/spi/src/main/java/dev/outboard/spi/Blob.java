package dev.outboard.spi;

/** A file that lies somewhere: Flyte's blob, as input or output. {@code format} may be empty. */
public record Blob(String uri, String format) {}
