package dev.outboard.crash.platform;

import dev.outboard.crash.platform.External.State;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Jobs that live in the worker and die with it, as DuckDB's do; the platform only keeps books of them. */
public final class EmbeddedConnector extends PlatformConnector {
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private long seed;

    /** One that lives here. */
    private record Job(String ledgerId, long endsAt, State end) {
        Job endedAs(State state, long now) {
            return now < endsAt ? new Job(ledgerId, now, state) : this;
        }
    }

    public EmbeddedConnector() {
        super(Guarantee.NONE);
    }

    @Override
    public void open(ConnectorContext context) {
        super.open(context);
        seed = Long.parseLong(Objects.requireNonNull(context.settings().get("seed"), "connectors.crash.seed"));
    }

    @Override
    public CreateResult create(CreateRequest request) throws IOException, InterruptedException {
        var key = request.key();
        if (jobs.containsKey(key)) {
            return new CreateResult.Adopted(new Handle(1, key), List.of());
        }
        var script = Script.of(seed, number(request));
        var answer = remote().send("POST", "/jobs?key=" + key + "&job=" + request.jobId() + "&attempt="
                + request.attempt() + "&number=" + script.number());
        if (answer.status() == 400) {
            return new CreateResult.Rejected(TaskError.user("Refused", "so the script wants it"));
        }
        if (answer.status() != 201) {
            return new CreateResult.Unknown("the books answered " + answer.status());
        }
        long ends = script.end() == Script.End.NEVER
                ? External.NEVER
                : System.currentTimeMillis() + script.runsMillis();
        jobs.put(key, new Job(answer.id(), ends, Books.end(script, request.attempt())));
        return new CreateResult.Created(new Handle(1, key), List.of());
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        return told(jobs.get(handle.value()));
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        return told(jobs.computeIfPresent(handle.value(), (_, job) -> job.endedAs(State.CANCELLED, now)));
    }

    /** An end is in the books before Outboard hears of it. */
    private PollResult told(@Nullable Job job) throws IOException, InterruptedException {
        if (job == null) {
            return new PollResult.Gone();
        }
        if (System.currentTimeMillis() < job.endsAt()) {
            return PollResult.Running.plain();
        }
        var answer = remote().send("POST", "/jobs/" + job.ledgerId() + "/ended?state=" + job.end());
        if (answer.status() != 200) {
            throw new IOException("the books answered " + answer.status());
        }
        return result(job.end());
    }
}
