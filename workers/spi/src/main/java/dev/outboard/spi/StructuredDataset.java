package dev.outboard.spi;

/** A table of rows that lies somewhere: Flyte's structured dataset, as input or output. {@code format} may be empty. */
public record StructuredDataset(String uri, String format) {}
