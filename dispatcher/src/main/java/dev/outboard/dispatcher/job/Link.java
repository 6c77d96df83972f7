package dev.outboard.dispatcher.job;

/** A page about the job, such as the platform's console. */
public record Link(String name, String uri) {}
