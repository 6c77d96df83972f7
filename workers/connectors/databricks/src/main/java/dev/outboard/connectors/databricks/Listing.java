package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.connectors.databricks.Api.Caller;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Budget;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks for many runs at once: {@code runs/list}, whose ended runs come newest end first. */
final class Listing {
    /** Lists lag, and an end's time is not when it is listed: what ended so long before is read once more. */
    private static final Duration MARGIN = Duration.ofSeconds(15);
    /** The vendor's most; a page may be larger. */
    private static final String LIMIT = "25";
    private static final int MAX_PAGES = 400;
    /** Of the ended ones, for what is not active any more; the rest is asked for singly. */
    private static final int MAX_ENDED_PAGES = 20;

    private final Api api;
    private final Watch watch;
    private final Budget budget;
    private final SecretReader secrets;
    private final DatabricksSettings settings;
    private final Clock clock;

    Listing(Api api, Watch watch, Budget budget, SecretReader secrets, DatabricksSettings settings, Clock clock) {
        this.api = api;
        this.watch = watch;
        this.budget = budget;
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since)
            throws IOException, InterruptedException {
        var caller = new Caller(Workspace.of(account), secrets);
        var sought = new HashMap<Long, Handle>();
        for (var handle : handles) {
            var run = RunHandle.read(handle);
            if (run != null) {
                sought.put(run.runId(), handle);
            }
        }
        try {
            return since == null ? all(caller, sought) : changed(caller, sought, since);
        } catch (ApiFault fault) {
            throw new IOException(fault.code() + ": " + fault.said());
        }
    }

    private Batch all(Caller caller, Map<Long, Handle> sought) throws ApiFault, IOException, InterruptedException {
        var results = new HashMap<Handle, PollResult>();
        var newest = new long[1];
        pages(caller, Map.of("active_only", "true"), MAX_PAGES, run -> {
            newest[0] = Math.max(newest[0], run.path("start_time").asLong(0));
            var handle = sought.remove(run.path("run_id").asLong());
            if (handle != null) {
                results.put(handle, RunState.of(run).result(null));
            }
            return true;
        });
        var ended = new LinkedHashMap<Handle, JsonNode>();
        var newestEnd = new long[1];
        pages(caller, Map.of("completed_only", "true"), MAX_ENDED_PAGES, run -> {
            newestEnd[0] = Math.max(newestEnd[0], RunState.endTime(run));
            var handle = sought.remove(run.path("run_id").asLong());
            if (handle != null) {
                ended.put(handle, run);
            }
            return !sought.isEmpty();
        });
        ends(caller, ended, results);
        // what ended before any active run had begun was ended by then; without one, what ended before the newest end
        long asOf = newest[0] > 0 ? newest[0] : newestEnd[0];
        return new Batch(results, false, asOf == 0 ? null : Instant.ofEpochMilli(asOf));
    }

    private Batch changed(Caller caller, Map<Long, Handle> sought, Instant since)
            throws ApiFault, IOException, InterruptedException {
        long until = since.minus(MARGIN).toEpochMilli();
        var newest = new long[]{since.toEpochMilli()};
        var ended = new LinkedHashMap<Handle, JsonNode>();
        boolean whole = pages(caller, Map.of("completed_only", "true"), MAX_PAGES, run -> {
            newest[0] = Math.max(newest[0], RunState.endTime(run));
            var handle = sought.get(run.path("run_id").asLong());
            if (handle != null) {
                ended.put(handle, run);
            }
            return RunState.endTime(run) >= until;
        });
        var results = new HashMap<Handle, PollResult>();
        ends(caller, ended, results);
        return new Batch(results, whole, Instant.ofEpochMilli(newest[0]));
    }

    /** An end may have more to tell than the list does: its trace, its result. */
    private void ends(Caller caller, Map<Handle, JsonNode> ended, Map<Handle, PollResult> results)
            throws IOException, InterruptedException {
        for (var each : ended.entrySet()) {
            var state = RunState.of(each.getValue());
            if (state.wantsOutput()) {
                budget.take(caller.workspace().account());
                var result = watch.poll(each.getKey(), secrets);
                if (!(result instanceof PollResult.Gone)) {
                    results.put(each.getKey(), result);
                }
            } else {
                results.put(each.getKey(), state.result(null));
            }
        }
    }

    /**
     * @param more told each run; false ends it
     * @return false if there were more pages than are read
     */
    private boolean pages(Caller caller, Map<String, String> filter, int most, Predicate<JsonNode> more)
            throws ApiFault, InterruptedException {
        String token = "";
        for (int page = 0; page < most; page++) {
            var query = new LinkedHashMap<>(filter);
            query.put("limit", LIMIT);
            query.put("expand_tasks", "false");
            if (!token.isEmpty()) {
                query.put("page_token", token);
            }
            budget.take(caller.workspace().account());
            var answer = api.list(caller, query);
            for (var run : answer.path("runs")) {
                if (!more.test(run)) {
                    return true;
                }
            }
            token = answer.path("next_page_token").asText("");
            if (token.isEmpty() || !answer.path("has_more").asBoolean(true)) {
                return true;
            }
        }
        return false;
    }

    ListResult list(String installation) throws IOException, InterruptedException {
        if (settings.instances().isEmpty()) {
            return new ListResult.CannotList(
                    "no workspace to list is set; name them in connectors.databricks.instances");
        }
        var jobs = new ArrayList<ExternalJob>();
        for (var instance : settings.instances()) {
            var caller = new Caller(new Workspace(instance, null), secrets);
            long until = clock.instant().minus(ListResult.ENDED_SHOWN.plus(MARGIN)).toEpochMilli();
            var seen = new HashSet<Long>();
            try {
                boolean whole = pages(caller, Map.of("completed_only", "true"), MAX_PAGES, run -> {
                    add(jobs, seen, installation, caller.workspace(), run);
                    return RunState.endTime(run) >= until;
                }) && pages(caller, Map.of("active_only", "true"), MAX_PAGES, run -> {
                    add(jobs, seen, installation, caller.workspace(), run);
                    return true;
                });
                if (!whole) {
                    throw new IOException("the workspace " + instance + " lists more runs than can be read");
                }
            } catch (ApiFault fault) {
                throw new IOException(fault.code() + ": " + fault.said());
            }
        }
        return new ListResult.Listed(List.copyOf(jobs));
    }

    private static void add(List<ExternalJob> jobs, Set<Long> seen, String installation, Workspace workspace,
            JsonNode run) {
        var label = RunName.label(run.path("run_name").asText(""));
        long runId = run.path("run_id").asLong();
        if (label != null && label.installation().equals(installation) && seen.add(runId)) {
            jobs.add(new ExternalJob(label.taskType(), label.jobId(), label.key(),
                    new RunHandle(workspace, runId).write(), RunState.of(run).end() == null,
                    Instant.ofEpochMilli(run.path("start_time").asLong())));
        }
    }
}
