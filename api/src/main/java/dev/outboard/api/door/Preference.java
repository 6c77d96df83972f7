package dev.outboard.api.door;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The header Prefer, as RFC 7240 has it: of it we know {@code wait}. */
final class Preference {
    static final HeaderName APPLIED = HeaderNames.create("Preference-Applied");
    private static final HeaderName PREFER = HeaderNames.create("Prefer");
    private static final Pattern WAIT = Pattern.compile("\\s*wait\\s*=\\s*(\"?)(\\d+)\\1\\s*(;.*)?",
            Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 30;

    private Preference() {}

    /** How long the client wants its answer held, at most 30 s; zero unless it says so in a way that can be read. */
    static Duration wait(ServerRequest req) {
        for (var value : req.headers().find(PREFER).map(Header::allValues).orElse(List.of())) {
            for (var preference : value.split(",")) {
                var matcher = WAIT.matcher(preference);
                if (matcher.matches()) {
                    var seconds = matcher.group(2);
                    // of several the first counts
                    return Duration.ofSeconds(
                            seconds.length() > 9 ? LONGEST : Math.min(Integer.parseInt(seconds), LONGEST));
                }
            }
        }
        return Duration.ZERO;
    }
}
