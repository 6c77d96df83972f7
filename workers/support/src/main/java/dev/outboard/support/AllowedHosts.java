package dev.outboard.support;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts that a job may name. Whoever hands over jobs must not make a worker send its credentials elsewhere, or ask
 * what only the worker's network can reach. An endpoint that the operator has set needs no leave.
 */
public final class AllowedHosts {
    private static final Pattern HOST = Pattern
            .compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?");
    private static final int MAX_HOST = 253;

    private final List<String> patterns;

    /** @param patterns hosts, or {@code *.domain} for all below a domain; {@code localhost} and addresses as they are */
    public AllowedHosts(List<String> patterns) {
        this.patterns = patterns.stream().map(pattern -> pattern.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * The https URL of a host; of loopback, where it is allowed, the http one, with its port if one is given.
     *
     * @param named a bare host name, as a job gives it: no scheme, path or user, and no port but for loopback
     * @param pointer to where the job gives it
     * @throws UserFault {@code HostNotAllowed} if it is no bare host, or none of those allowed
     */
    public URI url(String named, String pointer) throws UserFault {
        var text = named.strip().toLowerCase(Locale.ROOT);
        var local = LOCAL.matcher(text);
        if (local.matches()) {
            allow(local.group(1), pointer);
            return URI.create("http://" + text);
        }
        if (text.length() > MAX_HOST || !HOST.matcher(text).matches()) {
            throw new UserFault("HostNotAllowed", "this must be a bare host name, without scheme, port or path",
                    pointer);
        }
        allow(text, pointer);
        return URI.create("https://" + text);
    }

    private void allow(String host, String pointer) throws UserFault {
        if (patterns.stream().noneMatch(pattern -> matches(pattern, host))) {
            throw new UserFault("HostNotAllowed", "the host `" + host + "` is not among those that jobs may name here ("
                    + String.join(", ", patterns) + "); the operator allows more with the setting `allowed-hosts`",
                    pointer);
        }
    }

    private static boolean matches(String pattern, String host) {
        return pattern.startsWith("*.")
                ? host.endsWith(pattern.substring(1)) && host.length() >= pattern.length()
                : host.equals(pattern);
    }
}
