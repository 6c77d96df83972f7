package dev.outboard.api.door;

import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.view.Reading;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tag of what a GET shows of a job: another one whenever that changes, the same on every replica. Weak, for the
 * position and the time of a condition may differ.
 */
final class Etag {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e]*\")");
    private static final String ANY = "*";

    private Etag() {}

    static String of(Reading.Found found) {
        var text = new StringBuilder("W/\"").append(found.job().incarnation()).append('.').append(found.job().rev());
        int digest = 0;
        for (var condition : found.conditions()) {
            if (condition.type() == Condition.Type.NO_WORKER || condition.type() == Condition.Type.AS_OF) {
                digest = 31 * digest + (condition.type().text() + condition.reason()).hashCode();
            }
        }
        if (digest != 0) {
            text.append('.').append(Integer.toHexString(digest));
        }
        return text.append('"').toString();
    }

    /** The tags of If-None-Match; what is none is left out. */
    static Set<String> known(ServerRequest req) {
        if (!req.headers().contains(HeaderNames.IF_NONE_MATCH)) {
            return Set.of();
        }
        var tags = new HashSet<String>();
        Header header = req.headers().get(HeaderNames.IF_NONE_MATCH);
        for (var value : header.allValues()) {
            if (value.strip().equals(ANY)) {
                tags.add(ANY);
            }
            TAG.matcher(value).results().forEach(tag -> tags.add(tag.group(1)));
        }
        return tags;
    }

    /** True if who knows these tags knows this job as it is. */
    static boolean matches(Set<String> known, Reading.Found found) {
        return !known.isEmpty() && (known.contains(ANY) || known.contains(of(found).substring("W/".length())));
    }
}
