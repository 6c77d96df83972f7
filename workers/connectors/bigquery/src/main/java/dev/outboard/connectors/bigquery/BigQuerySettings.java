package dev.outboard.connectors.bigquery;

import dev.outboard.support.AllowedHosts;
import dev.outboard.support.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has set.
 *
 * @param project for jobs that name none, or null
 * @param projects those whose jobs are listed for a sweep
 * @param endpoint instead of Google's own, or null
 * @param credentialsFile a key file, or null
 * @param credentialsSecret names the secret that is a key file, or null
 * @param tokenSecret names the secret that is an access token, or null
 * @param tokenHosts that a key file may name to fetch tokens from
 */
record BigQuerySettings(@Nullable String project, List<String> projects, @Nullable URI endpoint,
        @Nullable Path credentialsFile, @Nullable String credentialsSecret, @Nullable String tokenSecret,
        AllowedHosts tokenHosts) {
    static final Set<String> NAMES = Set.of("project", "projects", "endpoint", "credentials-file",
            "credentials-secret", "access-token-secret", "allowed-hosts");
    private static final List<String> GOOGLE = List.of("oauth2.googleapis.com", "accounts.google.com",
            "www.googleapis.com");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1");

    /** @throws IllegalArgumentException naming the setting that is wrong */
    static BigQuerySettings of(Map<String, String> given) {
        var settings = new Settings("bigquery", given, NAMES);
        var project = settings.text("project");
        var projects = settings.list("projects");
        if (projects.isEmpty() && project != null) {
            projects = List.of(project);
        }
        for (var each : projects) {
            if (!Names.project(each)) {
                throw new IllegalArgumentException("bigquery's setting `projects` names `" + each
                        + "`, which is no project id");
            }
        }
        var endpoint = settings.url("endpoint");
        var hosts = settings.list("allowed-hosts");
        if (hosts.isEmpty()) {
            hosts = endpoint != null && LOOPBACK.contains(endpoint.getHost())
                    ? List.of(GOOGLE.get(0), GOOGLE.get(1), GOOGLE.get(2), LOOPBACK.get(0), LOOPBACK.get(1))
                    : GOOGLE;
        }
        var file = settings.text("credentials-file");
        return new BigQuerySettings(project, List.copyOf(projects), endpoint, file == null ? null : Path.of(file),
                settings.text("credentials-secret"), settings.text("access-token-secret"), new AllowedHosts(hosts));
    }

    /** With a slash at the end. */
    String rootUrl() {
        return (endpoint == null ? "https://bigquery.googleapis.com" : endpoint.toString()) + "/";
    }
}
