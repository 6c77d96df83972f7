package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobList;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests, each with the members of the answer that are read; what a job says is the same in all of them. */
final class Calls {
    private static final String STATISTICS = "statistics(creationTime,startTime,endTime,totalBytesProcessed,totalSlotMs,"
            + "numChildJobs,query(totalBytesBilled,statementType,cacheHit,numDmlAffectedRows))";
    private static final String JOB = "jobReference,status,configuration(labels,query/destinationTable)," + STATISTICS;
    /** No platform says how many it takes; whatever comes is read. */
    private static final long PAGE = 1_000;

    private final Client client;
    private final String account;

    Calls(Client client, String account) {
        this.client = client;
        this.account = account;
    }

    Job insert(String project, Job job) throws IOException, NoLogin, InterruptedException {
        return client.call(account, bigquery -> bigquery.jobs().insert(project, job).setFields(JOB));
    }

    Job get(String project, @Nullable String location, String id) throws IOException, NoLogin, InterruptedException {
        return client.call(account, bigquery -> bigquery.jobs().get(project, id).setLocation(location).setFields(JOB));
    }

    Job cancel(JobHandle handle) throws IOException, NoLogin, InterruptedException {
        var answer = client.call(account, bigquery -> bigquery.jobs()
                .cancel(handle.project(), handle.jobId())
                .setLocation(handle.location())
                .setFields("job(" + JOB + ")"));
        if (answer.getJob() == null) {
            throw new IOException("BigQuery's answer tells no job");
        }
        return answer.getJob();
    }

    /**
     * @param next where the list goes on, or null
     * @param unreachable places whose jobs could not be listed
     */
    record Page(List<Job> jobs, @Nullable String next, List<?> unreachable) {

        static Page of(JobList list) {
            var listed = list.getJobs() == null ? List.<JobList.Jobs>of() : list.getJobs();
            var jobs = listed.stream()
                    .map(job -> new Job().setJobReference(job.getJobReference())
                            .setStatus(job.getStatus())
                            .setStatistics(job.getStatistics())
                            .setConfiguration(job.getConfiguration()))
                    .toList();
            return new Page(jobs, list.getNextPageToken(),
                    list.get("unreachable") instanceof List<?> places ? places : List.of());
        }
    }

    /**
     * One page.
     *
     * @param full true to have the configuration too
     * @param from milliseconds since 1970: the earliest creation that is asked for, or null
     * @param to the latest, or null
     */
    Page list(String project, List<String> states, boolean full, @Nullable Long from, @Nullable Long to,
            @Nullable String page) throws IOException, NoLogin, InterruptedException {
        var members = full ? JOB : "jobReference,status,statistics/creationTime";
        return Page.of(client.call(account, bigquery -> bigquery.jobs()
                .list(project)
                .setProjection(full ? "full" : "minimal")
                .setStateFilter(states)
                .setMinCreationTime(number(from))
                .setMaxCreationTime(number(to))
                .setMaxResults(PAGE)
                .setPageToken(page)
                .setFields("nextPageToken,unreachable,jobs(" + members + ")")));
    }

    // the vendor's setters take null for what is not asked
    @SuppressWarnings("NullAway")
    private static BigInteger number(@Nullable Long value) {
        return value == null ? null : BigInteger.valueOf(value);
    }
}
