package dev.outboard.standalone.cli;

import dev.outboard.standalone.cli.profile.ProfileFile;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server that a verb speaks to, and the token it shows there.
 *
 * @param profile the name of the profile that was looked at, or null
 * @param token null for none
 */
record Target(@Nullable String profile, URI server, @Nullable String token) {
    static final String DEFAULT_SERVER = "http://127.0.0.1:8080";
    private static final int LONGEST_TOKEN = 16 << 10;

    /**
     * @param server of the command line, or null
     * @param profile of the command line, or null
     * @throws Failure if what is named is not there or not right
     */
    static Target of(@Nullable String server, @Nullable String profile, Map<String, String> environment) {
        var direct = firstOf(server, environment.get("OUTBOARD_SERVER"));
        var named = firstOf(profile, environment.get("OUTBOARD_PROFILE"));
        var own = firstOf(environment.get("OUTBOARD_TOKEN"));
        if (direct != null && named == null) {
            return new Target(null, address(direct), own == null ? null : token(own, "OUTBOARD_TOKEN"));
        }
        var profiles = ProfileFile.of(environment).read();
        var name = named == null ? profiles.current() : named;
        if (name == null) {
            return new Target(null, URI.create(DEFAULT_SERVER), own == null ? null : token(own, "OUTBOARD_TOKEN"));
        }
        var chosen = profiles.get(name);
        var address = address(direct == null ? chosen.server() : direct);
        if (own != null) {
            return new Target(name, address, token(own, "OUTBOARD_TOKEN"));
        }
        // a profile's token is for its server's eyes alone
        var file = address.equals(address(chosen.server())) ? chosen.tokenFile() : null;
        return new Target(name, address, file == null ? null : token(read(file), file));
    }

    /** @throws Failure if it is no http address */
    static URI address(String text) {
        try {
            var uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // told below
        }
        throw new Failure(ExitCode.USAGE, "'" + Text.oneLine(text) + "' is not the address of a server",
                "give one as --server http://HOST:PORT");
    }

    private static String read(String file) {
        try (var in = Files.newInputStream(Path.of(file))) {
            return new String(in.readNBytes(LONGEST_TOKEN));
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, "cannot read the token file " + file,
                    "make it readable, or name another with ./outboard config set-profile");
        }
    }

    private static String token(String text, String from) {
        var token = text.strip();
        if (!token.matches("[!-~]+")) {
            throw new Failure(ExitCode.USAGE, "what is in " + from + " is no bearer token",
                    "put one there, visible ASCII on one line");
        }
        return token;
    }

    private static @Nullable String firstOf(@Nullable String... candidates) {
        for (var candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        return null;
    }
}
