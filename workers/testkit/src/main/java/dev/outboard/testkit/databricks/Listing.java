package dev.outboard.testkit.databricks;

import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;

/**
 * One page of runs/list. Runs that have ended stand where they ended, others where they began, the latest first; what ends
 * between two pages moves to a page that was read already, as it does there.
 */
record Listing(boolean activeOnly, boolean completedOnly, boolean tasks, long from, long to, long job,
        boolean submitted,
        int limit, Place after) {
    private static final int DEFAULT = 20;

    /** Where a run stands in the order. */
    private record Place(long time, long id) implements Comparable<Place> {
        static final Comparator<Place> LATEST_FIRST = Comparator.comparingLong(Place::time)
                .thenComparingLong(Place::id)
                .reversed();

        static Place of(Run run, Instant at) {
            var ended = run.ended(at);
            return new Place((ended == null ? run.created() : ended).toEpochMilli(), run.id());
        }

        static Place read(String token) throws Wrong {
            try {
                var parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII)
                        .split(":");
                return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw Wrong.parameter("Invalid page token: " + token);
            }
        }

        String token() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((time + ":" + id).getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public int compareTo(Place other) {
            return LATEST_FIRST.compare(this, other);
        }
    }

    /** @param most runs on a page */
    static Listing of(Request request, int most) throws Wrong {
        boolean active = "true".equals(request.query("active_only"));
        boolean completed = "true".equals(request.query("completed_only"));
        if (active && completed) {
            throw Wrong.parameter("active_only and completed_only cannot both be set to true.");
        }
        long limit = number(request, "limit", Math.min(DEFAULT, most));
        if (limit < 1) {
            throw Wrong.parameter("The limit must be greater than 0.");
        }
        var type = request.query("run_type");
        var token = request.query("page_token");
        return new Listing(active, completed, "true".equals(request.query("expand_tasks")),
                number(request, "start_time_from", Long.MIN_VALUE), number(request, "start_time_to", Long.MAX_VALUE),
                number(request, "job_id", 0), type == null || type.equals("SUBMIT_RUN"), (int) Math.min(limit, most),
                token == null || token.isEmpty() ? new Place(Long.MAX_VALUE, Long.MAX_VALUE) : Place.read(token));
    }

    private static long number(Request request, String name, long unless) throws Wrong {
        var text = request.query(name);
        return text == null || text.isEmpty() ? unless : Book.number(name, text);
    }

    /** @param at as of when */
    Reply page(Collection<Run> runs, Instant at, RunJson json) {
        var found = runs.stream()
                .filter(run -> shown(run, at))
                .sorted(Comparator.comparing(run -> Place.of(run, at)))
                .limit(limit + 1L)
                .toList();
        var page = RunJson.object();
        boolean more = found.size() > limit;
        if (!found.isEmpty()) {
            var shown = page.putArray("runs");
            found.stream().limit(limit).forEach(run -> shown.add(json.run(run, at, tasks)));
        }
        page.put("has_more", more);
        if (more) {
            page.put("next_page_token", Place.of(found.get(limit - 1), at).token());
        }
        return Reply.json(200, page);
    }

    private boolean shown(Run run, Instant at) {
        long created = run.created().toEpochMilli();
        boolean ended = run.ended(at) != null;
        return submitted && !run.created().isAfter(at) && created >= from && created <= to
                && !(activeOnly && ended) && !(completedOnly && !ended) && (job == 0 || job == run.jobId())
                && after.compareTo(Place.of(run, at)) < 0;
    }
}
