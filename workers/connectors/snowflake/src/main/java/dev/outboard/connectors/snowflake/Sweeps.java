package dev.outboard.connectors.snowflake;

import dev.outboard.spi.Batch;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Many jobs by one look into the history. */
final class Sweeps {
    /** What the history may show later than it happened. */
    private static final Duration LAG = Duration.ofMinutes(1);
    /** Seven days, less one for clocks that differ. */
    private static final Duration REACH = Duration.ofDays(6);
    private static final Duration FULL = Duration.ofHours(1);
    private static final String OURS = "startswith(h.query_tag, ?)";

    private final History history;
    private final SnowflakeSettings settings;
    private final ConnectorContext context;

    Sweeps(History history, SnowflakeSettings settings, ConnectorContext context) {
        this.history = history;
        this.settings = settings;
        this.context = context;
    }

    /** Nothing without a warehouse for it: on the jobs' own a look would queue behind the jobs that it looks for. */
    Batch pollAll(Set<Handle> handles, @Nullable Instant since) throws IOException, InterruptedException {
        if (settings.historyWarehouse() == null || handles.isEmpty()) {
            return new Batch(Map.of(), false, null);
        }
        var byQuery = new HashMap<String, Handle>();
        handles.forEach(handle -> byQuery.put(Meta.of(handle).queryId(), handle));
        var anyone = Meta.of(handles.iterator().next());
        var caller = new SqlApi.Caller(anyone, context.secrets(), Secrets.pointer(anyone));
        try {
            var from = reached(since);
            var seen = history.latest(caller, wanted(from));
            var results = new HashMap<Handle, PollResult>();
            for (var line : seen.lines()) {
                var handle = byQuery.get(line.queryId());
                if (handle != null) {
                    results.put(handle, Outcomes.line(line, Meta.of(handle)));
                }
            }
            // what was not looked at may have ended: the next look must reach back as far as this one
            return seen.whole()
                    ? new Batch(results, from != null, seen.now().minus(LAG))
                    : new Batch(results, false, since);
        } catch (UserFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }

    /** All that runs and what has just ended; with {@code since} what has changed. */
    private History.Wanted wanted(@Nullable Instant since) {
        if (since == null) {
            return new History.Wanted("list", context.clock().instant().minus(FULL), OURS, Tag.PREFIX);
        }
        // ended, begun, or running by now: that may have queued before
        return new History.Wanted("list", since, OURS + " and (h.end_time >= h.start_time or h.start_time >= "
                + History.literal(since) + " or upper(h.execution_status) not in ('QUEUED', 'RESUMING_WAREHOUSE'))",
                Tag.PREFIX);
    }

    /** Null for what lies further back than the history reaches. */
    private @Nullable Instant reached(@Nullable Instant since) {
        return since != null && since.isAfter(context.clock().instant().minus(REACH)) ? since : null;
    }

    /** Of one user of one account, and so only where jobs may name no other. */
    ListResult list(String installation) throws IOException, InterruptedException {
        var account = settings.account();
        var user = settings.user();
        if (account == null || user == null || settings.historyWarehouse() == null) {
            return new ListResult.CannotList("jobs may run under any account and user unless the connector's settings "
                    + "`account`, `user` and `history-warehouse` name the only ones");
        }
        var meta = new Meta(Meta.Form.V1, account, user, settings.historyDatabase(), "", "", null, false, null, null,
                "");
        var from = context.clock().instant().minus(ListResult.ENDED_SHOWN).minus(FULL);
        var wanted = new History.Wanted("list", from, OURS, Tag.installation(installation));
        try {
            var seen = history.all(new SqlApi.Caller(meta, context.secrets(), ""), wanted, false);
            if (!seen.whole()) {
                throw new IOException("the query history of `" + user + "` is too long to list");
            }
            var jobs = new ArrayList<ExternalJob>();
            for (var line : seen.lines()) {
                Tag.read(line.tag())
                        .ifPresent(tag -> jobs.add(new ExternalJob(tag.taskType(), tag.jobId(), tag.key(),
                                tag.meta().with(line.queryId()).handle(), line.ended() == null, line.started())));
            }
            return new ListResult.Listed(jobs);
        } catch (UserFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }
}
