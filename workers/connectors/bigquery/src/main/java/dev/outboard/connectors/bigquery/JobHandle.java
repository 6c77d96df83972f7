package dev.outboard.connectors.bigquery;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.Job;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Link;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a job is found. Written as the JSON that Flyte's own connector calls its resource meta, with two members more;
 * that connector's are read too.
 *
 * @param location where it runs; null only if a foreign handle does not say, then BigQuery looks in the US alone
 * @param secret names the job's own credentials, or null if the operator's are used
 * @param created milliseconds since 1970 by BigQuery's clock, or null if a foreign handle does not say
 */
record JobHandle(String project, @Nullable String location, String jobId, @Nullable String secret,
        @Nullable Long created) {
    static final int VERSION = 1;

    /** @throws IOException if BigQuery's answer lacks what must be in it */
    static JobHandle of(Job job, @Nullable String secret) throws IOException {
        var reference = job.getJobReference();
        var statistics = job.getStatistics();
        if (reference == null || reference.getProjectId() == null || reference.getJobId() == null
                || statistics == null || statistics.getCreationTime() == null) {
            throw new IOException("BigQuery's answer names no job");
        }
        return new JobHandle(reference.getProjectId(), reference.getLocation(), reference.getJobId(), secret,
                statistics.getCreationTime());
    }

    /** @throws IllegalArgumentException if it is none of ours, nor of Flyte's */
    static JobHandle read(Handle handle) {
        var json = Json.object(handle.value());
        var project = text(json, "project");
        var jobId = text(json, "job_id");
        var location = text(json, "location");
        if (project == null || jobId == null || !Names.project(project) || !Names.job(jobId)
                || location != null && !Names.location(location)) {
            throw new IllegalArgumentException("this is no handle of a BigQuery job");
        }
        var created = text(json, "created");
        return new JobHandle(project, location, jobId, text(json, "secret"),
                created == null ? null : Long.valueOf(created));
    }

    private static @Nullable String text(GenericJson json, String name) {
        return json.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    Handle write() {
        var json = new LinkedHashMap<String, String>();
        json.put("project", project);
        if (location != null) {
            json.put("location", location);
        }
        json.put("job_id", jobId);
        if (created != null) {
            json.put("created", created.toString());
        }
        if (secret != null) {
            json.put("secret", secret);
        }
        return new Handle(VERSION, Json.text(json));
    }

    /** What shares a budget: the project, and where it is not the operator's, the principal. */
    String account() {
        return account(project, secret);
    }

    static String account(String project, @Nullable String secret) {
        return secret == null ? project : project + "/" + secret;
    }

    /** As BigQuery writes it for people. */
    String reference() {
        return project + ":" + (location == null ? "" : location + ".") + jobId;
    }

    String link() {
        return "https://console.cloud.google.com/bigquery?project=" + project + "&j=bq:"
                + (location == null ? "US" : location) + ":" + jobId + "&page=queryresults";
    }

    List<Link> links() {
        return List.of(new Link("BigQuery Console", link()));
    }
}
