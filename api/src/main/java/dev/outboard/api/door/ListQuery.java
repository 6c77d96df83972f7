package dev.outboard.api.door;

import dev.outboard.api.http.Code;
import dev.outboard.api.http.Problem;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.Cursor;
import dev.outboard.dispatcher.view.JobFilter;
import io.helidon.common.uri.UriQuery;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for.
 *
 * @param after where the page before ended, or null for the first
 */
record ListQuery(JobFilter filter, @Nullable Cursor after, int limit) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 500;
    private static final Pattern LIMIT = Pattern.compile("\\d{1,3}");
    private static final Set<String> KNOWN = new TreeSet<>(
            List.of("domain", "label", "limit", "name", "page_token", "project", "state", "task_type"));

    /** @throws dev.outboard.api.http.Refused 400, naming the parameter that cannot be right */
    static ListQuery of(ServerRequest req) {
        var query = req.query();
        for (var name : query.names()) {
            if (!KNOWN.contains(name) && !name.isEmpty()) {
                throw unknown(name).refused();
            }
        }
        var filter = new JobFilter(states(query), Set.copyOf(elements(query, "task_type")), one(query, "project"),
                one(query, "domain"), one(query, "name"), labels(query));
        return new ListQuery(filter, after(query), limit(query));
    }

    private static Problem unknown(String name) {
        var shown = name.matches("[\\w.-]{1,60}") ? "there is no parameter " + name : "there is no such parameter";
        return Code.INVALID_REQUEST.says(shown + "; known are: " + String.join(", ", KNOWN))
                .next("Leave it out, or use one of the known.");
    }

    private static Set<State> states(UriQuery query) {
        return elements(query, "state").stream()
                .map(text -> Arrays.stream(State.values())
                        .filter(state -> state.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> bad("state", "must be one of "
                                + Arrays.stream(State.values()).map(Enum::name).collect(Collectors.joining(", ")))))
                .collect(Collectors.toSet());
    }

    private static Map<String, String> labels(UriQuery query) {
        var labels = new HashMap<String, String>();
        for (var text : values(query, "label")) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw bad("label", "must be key=value");
            }
            var before = labels.put(text.substring(0, equals), text.substring(equals + 1));
            if (before != null && !before.equals(text.substring(equals + 1))) {
                throw bad("label", "gives one key two values, which no job has");
            }
        }
        return labels;
    }

    private static @Nullable Cursor after(UriQuery query) {
        var text = one(query, "page_token");
        return text == null
                ? null
                : PageToken.parse(text)
                        .orElseThrow(() -> bad("page_token", "must be the next_page_token of an answer, as it is"));
    }

    private static int limit(UriQuery query) {
        var text = one(query, "limit");
        int limit = text == null ? DEFAULT_LIMIT : LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw bad("limit", "must be a number from 1 to " + MOST);
        }
        return limit;
    }

    /** Repeated, with commas, or both. */
    private static List<String> elements(UriQuery query, String name) {
        var elements = values(query, name).stream().flatMap(value -> Arrays.stream(value.split(",", -1))).toList();
        if (elements.contains("")) {
            throw bad(name, "must not be empty");
        }
        return elements;
    }

    private static @Nullable String one(UriQuery query, String name) {
        var values = values(query, name);
        if (values.size() > 1) {
            throw bad(name, "may be given once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static List<String> values(UriQuery query, String name) {
        if (!query.contains(name)) {
            return List.of();
        }
        var values = query.all(name);
        // a name without an equals sign
        return values.isEmpty() ? List.of("") : values;
    }

    private static RuntimeException bad(String name, String why) {
        return Code.INVALID_REQUEST.says("the parameter " + name + " " + why)
                .next("Correct " + name + ", or leave it out.")
                .refused();
    }
}
