package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.connectors.databricks.Api.Caller;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Budget;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for many runs at once. What a list does not show is never concluded from. */
final class Listing {
    /** Ends may be listed later than others that came after them: what ended so long before is read once more. */
    private static final Duration MARGIN = Duration.ofSeconds(15);
    static final int MAX_PAGES = 400;
    /** Of the ended ones, for what is not active any more; the rest is asked for singly. */
    private static final int MAX_ENDED_PAGES = 20;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Pages pages;
    private final Watch watch;
    private final Budget budget;
    private final SecretReader secrets;

    Listing(Pages pages, Watch watch, Budget budget, SecretReader secrets) {
        this.pages = pages;
        this.watch = watch;
        this.budget = budget;
        this.secrets = secrets;
    }

    Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since)
            throws IOException, InterruptedException {
        var results = new HashMap<Handle, PollResult>();
        var sought = new HashMap<Long, Handle>();
        for (var handle : handles) {
            var run = RunHandle.read(handle);
            if (run == null) {
                results.put(handle, new PollResult.Gone());
            } else {
                sought.put(run.runId(), handle);
            }
        }
        if (sought.isEmpty()) {
            return new Batch(results, false, null);
        }
        var caller = new Caller(Workspace.of(account), secrets);
        try {
            return since == null ? all(caller, sought, results) : changed(caller, sought, since, results);
        } catch (ApiFault fault) {
            throw new IOException(fault.code() + ": " + fault.said());
        }
    }

    private Batch all(Caller caller, Map<Long, Handle> sought, Map<Handle, PollResult> results)
            throws ApiFault, IOException, InterruptedException {
        // what ended by the time of an end that is listed, or of a start, is not active in a list that is asked for later
        long endedBefore = pages.newest(caller, Pages.ENDED);
        var active = pages.read(caller, Pages.ACTIVE, MAX_PAGES, run -> {
            var handle = sought.remove(run.path("run_id").asLong());
            if (handle != null) {
                results.put(handle, RunState.of(run).result(null));
            }
            return true;
        });
        var ended = new LinkedHashMap<Handle, JsonNode>();
        if (!sought.isEmpty()) {
            pages.read(caller, Pages.ENDED, MAX_ENDED_PAGES, run -> {
                var handle = sought.remove(run.path("run_id").asLong());
                if (handle != null) {
                    ended.put(handle, run);
                }
                return !sought.isEmpty();
            });
        }
        ends(caller, ended, results);
        long asOf = Math.max(endedBefore, active.newest());
        return new Batch(results, false, asOf == 0 ? null : Instant.ofEpochMilli(asOf));
    }

    private Batch changed(Caller caller, Map<Long, Handle> sought, Instant since, Map<Handle, PollResult> results)
            throws ApiFault, IOException, InterruptedException {
        long until = since.minus(MARGIN).toEpochMilli();
        var ended = new LinkedHashMap<Handle, JsonNode>();
        var read = pages.read(caller, Pages.ENDED, MAX_PAGES, run -> {
            var handle = sought.get(run.path("run_id").asLong());
            if (handle != null) {
                ended.put(handle, run);
            }
            long place = RunState.place(run);
            return place >= until || place == 0;
        });
        ends(caller, ended, results);
        return read.trusted()
                ? new Batch(results, true, Instant.ofEpochMilli(Math.max(since.toEpochMilli(), read.newest())))
                : new Batch(results, false, null);
    }

    /** An end may have more to tell than the list does: its trace, its result. */
    private void ends(Caller caller, Map<Handle, JsonNode> ended, Map<Handle, PollResult> results)
            throws InterruptedException {
        for (var each : ended.entrySet()) {
            var state = RunState.of(each.getValue());
            results.put(each.getKey(), state.wantsOutput() ? asked(caller, each.getKey()) : state.result(null));
        }
    }

    /** One whose output cannot be had keeps nobody else waiting. */
    private PollResult asked(Caller caller, Handle handle) throws InterruptedException {
        try {
            budget.take(caller.workspace().account());
            var result = watch.poll(handle, secrets);
            return result instanceof PollResult.Running
                    ? new PollResult.Retry(SOON, "it is listed as ended, and does not say so itself")
                    : result;
        } catch (IOException e) {
            return new PollResult.Retry(SOON, String.valueOf(e.getMessage()));
        }
    }
}
