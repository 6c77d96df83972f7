package dev.outboard.dispatcher.job;

/** Whose job it is: project and domain of the template's id, each empty where not given. */
public record Tenant(String project, String domain) {}
