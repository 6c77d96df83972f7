package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.connectors.databricks.Api.Caller;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Budget;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.RetryLater;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
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

    /** @param told takes each result as soon as its page is read; the answer has none */
    Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since, BiConsumer<Handle, PollResult> told)
            throws IOException, RetryLater, InterruptedException {
        var sought = new HashMap<Long, Handle>();
        for (var handle : handles) {
            var run = RunHandle.read(handle);
            if (run == null) {
                told.accept(handle, new PollResult.Gone());
            } else {
                sought.put(run.runId(), handle);
            }
        }
        if (sought.isEmpty()) {
            return new Batch(Map.of(), false, null);
        }
        var caller = new Caller(Workspace.of(account), secrets);
        try {
            return since == null ? all(caller, sought, told) : changed(caller, sought, since, told);
        } catch (ApiFault fault) {
            if (fault.kind() == ApiFault.Kind.THROTTLED) {
                throw new RetryLater(fault.after(), fault.said());
            }
            throw new IOException(fault.code() + ": " + fault.said());
        }
    }

    private Batch all(Caller caller, Map<Long, Handle> sought, BiConsumer<Handle, PollResult> told)
            throws ApiFault, InterruptedException {
        // what ended by the time of an end that is listed, or of a start, is not active in a list that is asked for later
        long endedBefore = pages.newest(caller, Pages.ENDED);
        var active = pages.read(caller, Pages.ACTIVE, MAX_PAGES, run -> {
            var handle = sought.remove(run.path("run_id").asLong());
            if (handle != null) {
                told.accept(handle, RunState.of(run).result(null));
            }
            return true;
        });
        if (!sought.isEmpty()) {
            var more = new ArrayList<Handle>();
            pages.read(caller, Pages.ENDED, MAX_ENDED_PAGES, run -> {
                end(sought.remove(run.path("run_id").asLong()), run, told, more);
                return !sought.isEmpty();
            });
            ask(caller, more, told);
        }
        long asOf = Math.max(endedBefore, active.newest());
        return new Batch(Map.of(), false, asOf == 0 ? null : Instant.ofEpochMilli(asOf));
    }

    private Batch changed(Caller caller, Map<Long, Handle> sought, Instant since, BiConsumer<Handle, PollResult> told)
            throws ApiFault, InterruptedException {
        long until = since.minus(MARGIN).toEpochMilli();
        var more = new ArrayList<Handle>();
        var read = pages.read(caller, Pages.ENDED, MAX_PAGES, run -> {
            end(sought.remove(run.path("run_id").asLong()), run, told, more);
            long place = RunState.place(run);
            return place >= until || place == 0;
        });
        ask(caller, more, told);
        return read.trusted()
                ? new Batch(Map.of(), true, Instant.ofEpochMilli(Math.max(since.toEpochMilli(), read.newest())))
                : new Batch(Map.of(), false, null);
    }

    /** An end may have more to tell than the list does, its trace or its result: such are added to {@code more}. */
    private static void end(@Nullable Handle handle, JsonNode run, BiConsumer<Handle, PollResult> told,
            List<Handle> more) {
        if (handle == null) {
            return;
        }
        var state = RunState.of(run);
        if (state.wantsOutput()) {
            more.add(handle);
        } else {
            told.accept(handle, state.result(null));
        }
    }

    private void ask(Caller caller, List<Handle> handles, BiConsumer<Handle, PollResult> told)
            throws InterruptedException {
        for (var handle : handles) {
            told.accept(handle, asked(caller, handle));
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
