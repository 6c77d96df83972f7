package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.testkit.bigquery.SimJob.Pace;
import dev.outboard.testkit.sim.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes jobs of what is asked for, and refuses what BigQuery would. */
final class Inserts {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,1024}");
    private static final Pattern LABEL = Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
    private static final Pattern VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");
    private static final int MAX_LABELS = 64;

    private final Clock clock;
    private final Engine engine;
    private final Book book;
    private final Map<String, String> datasets = new ConcurrentHashMap<>();
    volatile Pace pace = new Pace(Duration.ofMillis(100), Duration.ofMillis(300), false, null);

    Inserts(Clock clock, Engine engine, Book book) {
        this.clock = clock;
        this.engine = engine;
        this.book = book;
    }

    Reply insert(String project, JsonNode body) throws Wrong {
        if (!(body.path("configuration") instanceof ObjectNode configuration)
                || !(configuration.path("query") instanceof ObjectNode query)) {
            throw Wrong.invalid("Job configuration must contain exactly one job-specific configuration object");
        }
        if (query.path("query").asText().isBlank()) {
            throw new Wrong(400, "required", "Required parameter is missing: query");
        }
        fractions("job.configuration", configuration);
        labels(configuration.path("labels"));
        configuration.put("jobType", "QUERY");
        var place = place(body.path("jobReference").path("location").asText(null), query.path("query").asText());
        return configuration.path("dryRun").asBoolean()
                ? dry(project, place, configuration)
                : create(project, place, body.path("jobReference"), configuration, query);
    }

    /** Where the request says, else where the data that it names are. */
    private String place(@Nullable String location, String sql) {
        var drawn = datasets.entrySet()
                .stream()
                .filter(dataset -> sql.contains(dataset.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        return Book.place(location == null ? drawn : location);
    }

    /** Queries that name this dataset, and no location, run here. */
    void dataset(String name, String location) {
        datasets.put(name, location);
    }

    private Reply create(String project, String place, JsonNode reference, ObjectNode configuration, ObjectNode query)
            throws Wrong {
        var id = reference.path("jobId").asText("job_" + UUID.randomUUID());
        if (!ID.matcher(id).matches()) {
            throw Wrong.invalid("Invalid job ID \"" + id + "\"");
        }
        var target = query.path("destinationTable");
        var destination = target.isObject()
                ? new Table(target.path("projectId").asText(project), target.path("datasetId").asText(),
                        target.path("tableId").asText())
                : anonymous(project, place, id);
        var run = new Run(engine, project, query.deepCopy(), destination, target.isObject());
        var job = book.add(project, place, id, number -> new SimJob(number, project, place, id, configuration,
                clock.instant(), pace, run));
        engine.submit(run::go);
        return Reply.json(200, book.show(job));
    }

    private Reply dry(String project, String place, ObjectNode configuration) throws Wrong {
        try {
            var run = Run.dry(engine, project, configuration.path("query"));
            var job = JobJson.object().put("kind", "bigquery#job");
            job.set("configuration", configuration);
            job.set("jobReference", JobJson.object().put("projectId", project).put("location", place));
            var statistics = JobJson.object().put("creationTime", String.valueOf(clock.millis()));
            statistics.put("totalBytesProcessed", String.valueOf(run.processed()));
            statistics.set("query", JobJson.query(run));
            job.set("statistics", statistics);
            job.set("status", JobJson.object().put("state", "DONE"));
            return Reply.json(200, job);
        } catch (Failure e) {
            throw new Wrong(e.reason().equals("notFound") ? 404 : 400, e.reason(), e.message());
        }
    }

    private static Table anonymous(String project, String place, String id) {
        return new Table(project, "_" + Integer.toHexString(Tokens.ACCOUNT.hashCode()),
                "anon" + UUID.nameUUIDFromBytes((place + id).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", ""));
    }

    private static void labels(JsonNode labels) throws Wrong {
        if (labels.size() > MAX_LABELS) {
            throw Wrong.invalid("A resource can have at most " + MAX_LABELS + " labels");
        }
        for (var label : labels.properties()) {
            if (!LABEL.matcher(label.getKey()).matches() || !VALUE.matcher(label.getValue().asText()).matches()) {
                throw Wrong.invalid("Label key \"" + label.getKey() + "\" or its value \"" + label.getValue().asText()
                        + "\" has invalid characters or is too long");
            }
        }
    }

    /** The configuration has whole numbers alone, and 4.0 is none to Google's parser; a parameter's value is text. */
    private static void fractions(String path, JsonNode node) throws Wrong {
        if (node.isFloatingPointNumber()) {
            throw Wrong.invalid("Invalid value at '" + path + "' (TYPE_INT32), " + node.asText());
        }
        for (var field : node.properties()) {
            fractions(path + "." + field.getKey(), field.getValue());
        }
    }
}
