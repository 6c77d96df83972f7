package dev.outboard.connectors.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.connectors.databricks.Api.Caller;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists an installation's runs in the workspaces that the operator names, for a sweep. */
final class Inventory {
    /** How old an answer may be: a deadline of a call and a minute. */
    private static final Duration LAG = Duration.ofSeconds(90);

    private final Pages pages;
    private final SecretReader secrets;
    private final List<String> instances;
    private final Clock clock;

    Inventory(Pages pages, SecretReader secrets, List<String> instances, Clock clock) {
        this.pages = pages;
        this.secrets = secrets;
        this.instances = instances;
        this.clock = clock;
    }

    ListResult list(String installation) throws IOException, InterruptedException {
        if (instances.isEmpty()) {
            return new ListResult.CannotList(
                    "no workspace to list is set; name them in connectors.databricks.instances");
        }
        var jobs = new ArrayList<ExternalJob>();
        for (var instance : instances) {
            var found = new HashMap<Long, ExternalJob>();
            try {
                read(new Caller(new Workspace(instance, null), secrets), installation, found);
            } catch (ApiFault fault) {
                throw new IOException(fault.code() + ": " + fault.said());
            }
            jobs.addAll(found.values());
        }
        return new ListResult.Listed(List.copyOf(jobs));
    }

    private void read(Caller caller, String installation, Map<Long, ExternalJob> found)
            throws ApiFault, IOException, InterruptedException {
        long until = clock.instant().minus(ListResult.ENDED_SHOWN.plus(LAG)).toEpochMilli();
        // the active ones first: what ends meanwhile is in the second list
        var active = pages.read(caller, Pages.ACTIVE, Listing.MAX_PAGES, run -> {
            add(found, installation, caller.workspace(), run);
            return true;
        });
        var ended = pages.read(caller, Pages.ENDED, Listing.MAX_PAGES, run -> {
            add(found, installation, caller.workspace(), run);
            long place = RunState.place(run);
            return place >= until || place == 0;
        });
        if (!active.whole() || !ended.whole()) {
            throw new IOException(
                    "the workspace " + caller.workspace().instance() + " lists more runs than can be read");
        }
    }

    private static void add(Map<Long, ExternalJob> found, String installation, Workspace workspace, JsonNode run) {
        var label = RunName.label(run.path("run_name").asText(""));
        long runId = run.path("run_id").asLong();
        if (label != null && label.installation().equals(installation)) {
            found.put(runId, new ExternalJob(label.taskType(), label.jobId(), label.key(),
                    new RunHandle(workspace, runId).write(), RunState.of(run).end() == null,
                    Instant.ofEpochMilli(run.path("start_time").asLong())));
        }
    }
}
