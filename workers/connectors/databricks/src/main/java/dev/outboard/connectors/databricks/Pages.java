package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.connectors.databricks.Api.Caller;
import dev.outboard.spi.Budget;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Reads {@code runs/list} page by page: one-time runs, newest first, the ended ones by their end, the others by their start. */
final class Pages {
    static final Map<String, String> ACTIVE = Map.of("active_only", "true");
    static final Map<String, String> ENDED = Map.of("completed_only", "true");
    /** The vendor's most. */
    private static final String LIMIT = "25";

    private final Api api;
    private final Budget budget;

    Pages(Api api, Budget budget) {
        this.api = api;
        this.budget = budget;
    }

    /**
     * How far it was read.
     *
     * @param whole false if there were more pages than are read
     * @param ordered false if they did not come newest first, so that more may follow where reading stopped
     * @param newest where the first page's newest stands, by Databricks' clock in milliseconds; 0 if there is none. What
     *     later pages show may be newer than what earlier ones have missed
     */
    record Read(boolean whole, boolean ordered, long newest) {
        boolean trusted() {
            return whole && ordered;
        }
    }

    /**
     * @param most pages
     * @param more told each run; false ends it
     */
    Read read(Caller caller, Map<String, String> filter, int most, Predicate<JsonNode> more)
            throws ApiFault, InterruptedException {
        var tokens = new HashSet<String>();
        boolean ordered = true;
        long newest = 0;
        long last = Long.MAX_VALUE;
        String token = "";
        for (int page = 0; page < most; page++) {
            var answer = page(caller, filter, token);
            for (var run : answer.path("runs")) {
                long place = RunState.place(run);
                if (place > 0) {
                    ordered &= place <= last;
                    last = place;
                }
                newest = page == 0 ? Math.max(newest, place) : newest;
                if (!more.test(run)) {
                    return new Read(true, ordered, newest);
                }
            }
            token = answer.path("next_page_token").asText("");
            if (token.isEmpty() || !answer.path("has_more").asBoolean(true)) {
                return new Read(true, ordered, newest);
            }
            if (!tokens.add(token)) {
                return new Read(false, ordered, newest);
            }
        }
        return new Read(false, ordered, newest);
    }

    /** Where the newest stands, asked for by one page; 0 if there is none. */
    long newest(Caller caller, Map<String, String> filter) throws ApiFault, InterruptedException {
        return read(caller, filter, 1, _ -> true).newest();
    }

    private JsonNode page(Caller caller, Map<String, String> filter, String token)
            throws ApiFault, InterruptedException {
        var query = new LinkedHashMap<>(filter);
        query.put("run_type", "SUBMIT_RUN");
        query.put("limit", LIMIT);
        query.put("expand_tasks", "false");
        if (!token.isEmpty()) {
            query.put("page_token", token);
        }
        budget.take(caller.workspace().account());
        return api.list(caller, query);
    }
}
