package dev.outboard.api.door;

import dev.outboard.dispatcher.view.TaskType;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Pattern;

/** The version in the plugin door's path: {@code 0} and {@code v0} are the same. */
final class PathVersion {
    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,9})");

    private PathVersion() {}

    /** @throws dev.outboard.api.http.Refused 404 for a text that is no version */
    static int of(ServerRequest req, TaskType type) {
        var matcher = TEXT.matcher(req.path().pathParameters().get("version"));
        if (!matcher.matches()) {
            throw Known.unknownVersion(type).refused();
        }
        return Integer.parseInt(matcher.group(1));
    }
}
