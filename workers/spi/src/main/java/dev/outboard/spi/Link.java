package dev.outboard.spi;

/** A page about the job, such as the platform's console. Shown from the first answer on. */
public record Link(String name, String uri) {}
