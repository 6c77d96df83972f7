package dev.outboard.standalone.cli.profile;

import org.jspecify.annotations.Nullable;

/**
 * A server that has a name.
 *
 * @param server its address
 * @param tokenFile the path of a file that holds a bearer token, or null
 */
public record Profile(String server, @Nullable String tokenFile) {}
