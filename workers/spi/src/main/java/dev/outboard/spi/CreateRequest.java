package dev.outboard.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one job, to be created on the platform.
 *
 * @param installation names the installation whose job it is; for the label that {@link Connector#list} finds it by. Mostly
 *     22 characters {@code [A-Za-z0-9_-]}, else what the operator chose; where labels have lower case alone, encode it
 * @param key the external key: the same for every call of this attempt, different for any other; 52 characters
 *     {@code [a-z2-7]}, so legal as a job id, token or label value on every platform we know
 * @param jobId the job, {@code j} and 26 characters {@code [a-z2-7]}
 * @param fingerprint the same for a repeated create, another for another job's; 52 characters {@code [a-z2-7]}. A label with
 *     it tells whether what is adopted is what was asked for
 * @param attempt counted from 1
 * @param template what to run
 * @param inputs decoded inputs by name, in order of name: {@code Long, Double, String, Boolean, Instant, Duration,
 *     byte[], List, Map, StructuredDataset, Blob}, or null for Flyte's none
 * @param outputPrefix where the caller wants outputs (a URI or a path), or null
 * @param labels the caller's labels
 * @param secrets looks secrets up for this job: those that its create brought, then the worker's
 */
public record CreateRequest(String installation, String key, String jobId, String fingerprint, int attempt,
        TaskTemplate template, Map<String, @Nullable Object> inputs, @Nullable String outputPrefix,
        Map<String, String> labels, SecretReader secrets) {
    public CreateRequest {
        // not Map.copyOf: a value may be null
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        labels = Map.copyOf(labels);
    }
}
