package dev.outboard.connectors.snowflake;

import dev.outboard.spi.Budget;
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a user's query history: the table function, which is real time and reaches back seven days. It looks at ten
 * thousand statements at a time, filters afterwards, and so is asked again for what lies further back.
 */
final class History {
    private static final int LIMIT = 10_000;
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx", Locale.ROOT);
    private static final int MOST_LOOKS = 20;
    private static final String TAG = "outboard-history";
    /** Snowflake stops it then by itself: nobody waits for it any more. */
    private static final int SECONDS = 20;

    /** One statement. {@code ended} is null while it runs. */
    record Line(String queryId, String tag, String status, String code, String message, Instant started,
            @Nullable Instant ended, long rows) {}

    /** What was seen: {@code whole} is false if there was more than could be looked at. */
    record Seen(List<Line> lines, Instant now, boolean whole) {}

    /**
     * What to look for.
     *
     * @param kind for who watches the warehouse: {@code find} or {@code list}
     * @param from nothing that ended before, or null
     * @param filter a condition on {@code h}, with one {@code ?}
     */
    record Wanted(String kind, @Nullable Instant from, String filter, String value) {}

    private final SqlApi api;
    private final SnowflakeSettings settings;
    private final Budget budget;
    private final int limit;

    History(SqlApi api, SnowflakeSettings settings, Budget budget) {
        this(api, settings, budget, LIMIT);
    }

    /** @param limit how many statements it looks at at a time */
    History(SqlApi api, SnowflakeSettings settings, Budget budget, int limit) {
        this.api = api;
        this.settings = settings;
        this.budget = budget;
        this.limit = limit;
    }

    /** A point in time as SQL has it. */
    static String literal(Instant time) {
        return "'" + WRITTEN.format(time.atOffset(ZoneOffset.UTC)) + "'::timestamp_ltz";
    }

    /** Looks until everything was looked at. {@code paid} if the first request's budget has been taken. */
    Seen all(SqlApi.Caller caller, Wanted wanted, boolean paid) throws IOException, InterruptedException, UserFault {
        var lines = new LinkedHashMap<String, Line>();
        var page = look(caller, wanted, null, paid);
        var now = page.now();
        for (int looks = 1;; looks++) {
            page.lines().forEach(line -> lines.putIfAbsent(line.queryId(), line));
            var oldest = page.oldest();
            if (whole(page) || oldest == null || looks == MOST_LOOKS) {
                return new Seen(List.copyOf(lines.values()), now, whole(page));
            }
            // once more what ended in the same moment
            page = look(caller, wanted, oldest.plusMillis(1), false);
        }
    }

    /** Looks once. */
    Seen latest(SqlApi.Caller caller, Wanted wanted) throws IOException, InterruptedException, UserFault {
        var page = look(caller, wanted, null, false);
        return new Seen(page.lines(), page.now(), whole(page));
    }

    /** The statement names the history twice, and more may have come in between: a hundredth is for that. */
    private boolean whole(Page page) {
        return page.seen() < limit - limit / 100;
    }

    private record Page(List<Line> lines, Instant now, long seen, @Nullable Instant oldest) {}

    private Page look(SqlApi.Caller caller, Wanted wanted, @Nullable Instant to, boolean paid)
            throws IOException, InterruptedException, UserFault {
        if (!paid) {
            budget.take(caller.meta().budget());
        }
        var answer = api.ask(caller, body(caller.meta(), wanted, to));
        var body = answer.body();
        if (answer.status() != 200 || body == null) {
            throw new IOException("Snowflake's query history cannot be read: " + answer.told());
        }
        var rows = new ArrayList<>(body.data());
        for (int i = 1; i < body.partitions(); i++) {
            budget.take(caller.meta().budget());
            var more = api.partition(caller, body.handle(), i);
            if (more.status() != 200 || more.body() == null) {
                throw new IOException("a part of Snowflake's query history cannot be read: " + more.told());
            }
            rows.addAll(more.body().data());
        }
        if (rows.isEmpty()) {
            throw new IOException("Snowflake's query history answered without a row");
        }
        try {
            return page(rows);
        } catch (NumberFormatException e) {
            throw new IOException("Snowflake's query history answered in another form", e);
        }
    }

    private String body(Meta meta, Wanted wanted, @Nullable Instant to) {
        var range = (wanted.from() == null ? "" : "end_time_range_start => " + literal(wanted.from()) + ", ")
                + (to == null ? "" : "end_time_range_end => " + literal(to) + ", ");
        // the left row is there even if nothing is found: it says how much was looked at
        var sql = "with q as (select query_id, query_tag, execution_status, error_code, error_message, start_time, "
                + "end_time, rows_produced from table(information_schema.query_history_by_user(" + range
                + "result_limit => " + limit + "))) select /* " + wanted.kind()
                + " */ s.n, s.asked_at, s.oldest, h.* from "
                + "(select count(*) as n, current_timestamp() as asked_at, "
                + "min(case when end_time >= start_time then end_time end) as oldest from q) s left join q h on "
                + wanted.filter();
        var body = new LinkedHashMap<String, Object>();
        body.put("statement", sql);
        body.put("timeout", SECONDS);
        body.put("database", Names.stored(meta.database()));
        var warehouse = settings.historyWarehouse();
        body.put("warehouse", Names.stored(warehouse == null ? meta.warehouse() : warehouse));
        if (meta.role() != null) {
            body.put("role", Names.stored(meta.role()));
        }
        body.put("bindings", Bind.written(List.of(new Bind("TEXT", wanted.value()))));
        body.put("parameters", Map.of("query_tag", TAG));
        return Meta.written(body);
    }

    private static Page page(List<List<@Nullable String>> rows) throws IOException {
        var lines = new ArrayList<Line>();
        for (var row : rows) {
            if (row.size() < 11) {
                throw new IOException("Snowflake's query history answered in another form");
            }
            if (row.get(3) != null) {
                lines.add(line(row));
            }
        }
        var first = rows.getFirst();
        var now = time(first.get(1));
        if (now == null) {
            throw new IOException("Snowflake's query history answered without its time");
        }
        return new Page(lines, now, Long.parseLong(text(first.get(0))), time(first.get(2)));
    }

    private static Line line(List<@Nullable String> row) throws IOException {
        var started = time(row.get(8));
        var ended = time(row.get(9));
        if (started == null) {
            throw new IOException("Snowflake's query history has a query without a start");
        }
        return new Line(text(row.get(3)), text(row.get(4)), text(row.get(5)), text(row.get(6)), text(row.get(7)),
                started,
                ended == null || ended.isBefore(started) ? null : ended,
                row.get(10) == null ? 0 : Long.parseLong(text(row.get(10))));
    }

    private static String text(@Nullable String cell) {
        return cell == null ? "" : cell;
    }

    /** Seconds since the epoch with a fraction, and perhaps an offset after it. */
    private static @Nullable Instant time(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        var seconds = new BigDecimal(cell.split(" ")[0]);
        var whole = seconds.longValue();
        return Instant.ofEpochSecond(whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }
}
