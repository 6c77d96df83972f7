package dev.outboard.api.openapi;

import com.google.protobuf.util.JsonFormat;
import dev.outboard.api.FakeJobs;
import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Link;
import dev.outboard.dispatcher.job.Outputs;
import dev.outboard.dispatcher.job.PlatformError;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.dispatcher.job.Transition;
import dev.outboard.dispatcher.view.Letter;
import dev.outboard.flyteidl.core.LiteralMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jobs that the document's examples speak of. */
final class World {
    private static final String OUTPUTS = """
            {"literals": {"results": {"scalar": {"primitive": {"string_value": "file:///data/results.parquet"}}}}}""";
    private static final Duration WINDOW = Duration.ofDays(7);

    private World() {}

    static void fill(FakeJobs jobs) throws Exception {
        var outputs = LiteralMap.newBuilder();
        JsonFormat.parser().merge(OUTPUTS, outputs);
        put(jobs, job("jaeaqcaibaeaqcaibaeaqcaibae", Map.of("team", "pricing"), State.RUNNING, "reading",
                attempt(List.of(new Link("Console", "https://platform.example/jobs/7")), 0.4), null, null,
                times(5, false, 0, State.SUBMITTING, 0, State.RUNNING, 1), 4));
        put(jobs, job("jaiaqcaibaeaqcaibaeaqcaibae", Map.of(), State.SUCCEEDED, null, attempt(List.of(), 1.0), null,
                new Outputs.Inline(Bytes.of(outputs.build().toByteArray())),
                times(9, true, 0, State.SUBMITTING, 0, State.RUNNING, 1, State.SUCCEEDED, 9), 5));
        var message = "Table with name orders does not exist";
        put(jobs, job("jamaqcaibaeaqcaibaeaqcaibae", Map.of(), State.FAILED, message, attempt(List.of(), null),
                new JobError(JobError.Kind.USER, "InvalidQuery", message, false, "/template/sql/statement",
                        "Create the table orders, or correct its name in the statement.",
                        new PlatformError("DuckDB", "USER", "Catalog", "q-7",
                                "https://platform.example/errors/Catalog")),
                null,
                times(2, true, 0, State.FAILED, 2), 5));
        put(jobs, inDoubt());
        var letter = new Letter("duckdb.c3.17", "duckdb", JobId.parse("jaiaqcaibaeaqcaibaeaqcaibae").orElseThrow(),
                at(7),
                "no protobuf: it breaks off", 3);
        jobs.letters.add(new Letter.Opened(letter, Bytes.of(new byte[]{1, 2, 3}), null, "no protobuf: it breaks off"));
        jobs.letters.add(readable("spark.c0.17", "jamaqcaibaeaqcaibaeaqcaibae"));
        jobs.letters.add(readable("spark.c0.18", "jaeaqcaibaeaqcaibaeaqcaibae"));
    }

    private static Letter.Opened readable(String place, String job) {
        var id = JobId.parse(job).orElseThrow();
        return new Letter.Opened(new Letter(place, "spark", id, at(7), "no protobuf: it breaks off", 3),
                Bytes.of(new byte[]{1, 2, 3}), new Input.CancelAsked(id, 17, "ann", ""), "");
    }

    /** Whether the platform has it, nobody can say. */
    private static Job inDoubt() {
        return job("jaqaqcaibaeaqcaibaeaqcaibae", Map.of(), State.SUBMITTING, null,
                new Attempt(1, 0, 0, null, FakeJobs.NOW, null, false, List.of(), null, null), null, null,
                new Times(at(0), null, null, null,
                        List.of(new Transition(State.QUEUED, 1, at(0)), new Transition(State.SUBMITTING, 1, at(0)))),
                3);
    }

    private static void put(FakeJobs jobs, Job job) {
        jobs.jobs.put(job.id(), job);
    }

    private static Job job(String id, Map<String, String> labels, State state, String message, Attempt attempt,
            JobError error, Outputs outputs, Times times, int rev) {
        var accepted = new Accepted("duckdb", 0, new Tenant("demo", "development"), "answer", labels,
                Bytes.of(new byte[]{1}), 3, null, FakeJobs.NOW);
        return new Job(JobId.parse(id).orElseThrow(), 17, rev, accepted, state, message, attempt, List.of(), null, null,
                error, outputs, times);
    }

    private static Attempt attempt(List<Link> links, Double progress) {
        return new Attempt(1, 0, 0, null, FakeJobs.NOW, new Handle("DuckDB", "0.1.0", 1, "h"), false, links, progress,
                null);
    }

    /** Pairs of a state and the seconds after its start in which it came. */
    private static Times times(int updated, boolean ended, Object... after) {
        var history = new ArrayList<Transition>();
        history.add(new Transition(State.QUEUED, 1, at((int) after[0])));
        for (int i = 1; i < after.length; i += 2) {
            history.add(new Transition((State) after[i], 1, at((int) after[i + 1])));
        }
        var last = at(updated);
        return new Times(last, at(1), ended ? last : null, ended ? last.plus(WINDOW) : null, history);
    }

    private static Instant at(int seconds) {
        return FakeJobs.NOW.plusSeconds(seconds);
    }
}
