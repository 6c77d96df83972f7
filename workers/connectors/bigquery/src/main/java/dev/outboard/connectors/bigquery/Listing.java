package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.Job;
import dev.outboard.spi.Budget;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists an installation's jobs in the projects that the operator has named. */
final class Listing {
    /** A day in the queue for batch priority, six hours of running, and the hour that ended jobs must be shown for. */
    private static final Duration OLDEST_ENDED = Duration.ofHours(24 + 6).plus(ListResult.ENDED_SHOWN);

    private final BigQuerySettings settings;
    private final Logins logins;
    private final SecretReader workers;
    private final Budget budget;
    private final Clock clock;

    Listing(BigQuerySettings settings, Logins logins, SecretReader workers, Budget budget, Clock clock) {
        this.settings = settings;
        this.logins = logins;
        this.workers = workers;
        this.budget = budget;
        this.clock = clock;
    }

    ListResult list(String installation) throws IOException, InterruptedException {
        if (settings.projects().isEmpty()) {
            return new ListResult.CannotList("the setting `projects` does not say in which projects its jobs are");
        }
        var label = Labels.installation(installation);
        var jobs = new LinkedHashMap<Handle, ExternalJob>();
        try {
            var client = logins.client(null, workers);
            for (var project : settings.projects()) {
                var calls = new Calls(client, project);
                long since = clock.instant().minus(OLDEST_ENDED).toEpochMilli();
                // what runs first: what ends between the two is in the second
                add(jobs, label, calls, project, List.of("running", "pending"), null);
                add(jobs, label, calls, project, List.of("done"), since);
            }
        } catch (NoLogin e) {
            throw new IOException(e.getMessage());
        }
        return new ListResult.Listed(List.copyOf(jobs.values()));
    }

    private void add(Map<Handle, ExternalJob> jobs, String label, Calls calls, String project, List<String> states,
            @Nullable Long from) throws IOException, NoLogin, InterruptedException {
        String page = null;
        do {
            budget.take(JobHandle.account(project, null));
            var list = calls.list(project, states, true, from, null, page);
            if (!list.unreachable().isEmpty()) {
                throw new IOException("BigQuery cannot list the jobs in " + list.unreachable());
            }
            for (var job : list.jobs()) {
                add(jobs, label, job);
            }
            page = list.next();
        } while (page != null);
    }

    private static void add(Map<Handle, ExternalJob> jobs, String label, Job job) throws IOException {
        var configuration = job.getConfiguration();
        var labels = configuration == null ? null : configuration.getLabels();
        if (labels == null || !label.equals(labels.get(Labels.INSTALLATION)) || labels.get(Labels.KEY) == null
                || labels.get(Labels.JOB) == null || labels.get(Labels.TASK_TYPE) == null) {
            return;
        }
        var handle = JobHandle.of(job, null).write();
        boolean live = job.getStatus() == null || !"DONE".equals(job.getStatus().getState());
        // a job that ended between the two lists is in both; the later word holds
        jobs.put(handle, new ExternalJob(labels.get(Labels.TASK_TYPE), labels.get(Labels.JOB), labels.get(Labels.KEY),
                handle, live, Instant.ofEpochMilli(job.getStatistics().getCreationTime())));
    }
}
