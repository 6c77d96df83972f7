package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.connectors.databricks.Api.Caller;
import dev.outboard.spi.Budget;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks for one run, and stops one. */
final class Watch {
    private final Api api;
    private final Budget budget;

    Watch(Api api, Budget budget) {
        this.api = api;
        this.budget = budget;
    }

    PollResult poll(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        var run = RunHandle.read(handle);
        if (run == null) {
            return new PollResult.Gone();
        }
        try {
            return look(run, new Caller(run.workspace(), secrets));
        } catch (ApiFault fault) {
            return told(fault);
        }
    }

    PollResult delete(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        var run = RunHandle.read(handle);
        if (run == null) {
            return new PollResult.Gone();
        }
        var caller = new Caller(run.workspace(), secrets);
        try {
            api.cancel(caller, run.runId());
            budget.take(run.workspace().account());
            return look(run, caller);
        } catch (ApiFault fault) {
            return told(fault);
        }
    }

    private PollResult look(RunHandle handle, Caller caller) throws ApiFault, InterruptedException {
        return result(caller, api.run(caller, handle.runId()));
    }

    private PollResult result(Caller caller, JsonNode run) throws ApiFault, InterruptedException {
        var state = RunState.of(run);
        return state.result(state.wantsOutput() ? output(caller, run) : null);
    }

    /** What the run left, or null if Databricks has nothing for it: its end counts without. */
    private @Nullable JsonNode output(Caller caller, JsonNode run) throws ApiFault, InterruptedException {
        var task = run.at("/tasks/0/run_id").asLong(run.path("run_id").asLong());
        try {
            budget.take(caller.workspace().account());
            return api.output(caller, task);
        } catch (ApiFault fault) {
            return switch (fault.kind()) {
                case ABSENT, REFUSED, DENIED -> null;
                case THROTTLED, UNSURE -> throw fault;
            };
        }
    }

    static PollResult told(ApiFault fault) throws IOException {
        return switch (fault.kind()) {
            case ABSENT -> new PollResult.Gone();
            case THROTTLED -> new PollResult.Retry(fault.after(), fault.said());
            case DENIED, REFUSED, UNSURE -> throw new IOException(fault.code() + ": " + fault.said());
        };
    }
}
