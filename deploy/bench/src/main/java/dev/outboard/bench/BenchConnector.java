package dev.outboard.bench;

import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A platform that takes no time at all. What a job does stands in its statement. */
public final class BenchConnector implements Connector {
    /** The only one. */
    public static final String TASK_TYPE = "bench";
    /** Is refused by the check: all that a worker can do least. */
    static final String REFUSE = "refuse";
    /** Ends with its first poll. */
    static final String END = "end";
    /** Never ends. */
    public static final String RUN = "run";
    /** Takes its time to create, milliseconds that stand behind, and ends with its first poll. */
    public static final String SLOW = "slow ";
    /** What a line begins with that tells of a create: then the job, then nanoseconds since 1970. */
    static final String ENTERED = "entered ";

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("Bench", "1", Map.of(TASK_TYPE, Set.of(0)), Guarantee.ADOPT, false, 10_000,
                Duration.ofSeconds(60));
    }

    @Override
    public Optional<TaskError> check(CreateRequest request) {
        return statement(request).startsWith(REFUSE)
                ? Optional.of(TaskError.user("Refused", "so the benchmark wants it"))
                : Optional.empty();
    }

    @Override
    public CreateResult create(CreateRequest request) throws InterruptedException {
        if (statement(request).startsWith(SLOW)) {
            Thread.sleep(Long.parseLong(statement(request).split(" ")[1]));
        }
        var now = Instant.now();
        System.out.println(ENTERED + request.jobId() + " " + nanos(now));
        return new CreateResult.Created(new Handle(1, statement(request).startsWith(RUN) ? RUN : END), List.of());
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) {
        return handle.value().equals(RUN)
                ? new PollResult.Running(false, null, null, List.of(), Map.of(), Duration.ofHours(1))
                : new PollResult.Succeeded(Map.of("rows", 4L, "uri", "file:///results/pricing_summary"), Map.of());
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) {
        return new PollResult.Cancelled();
    }

    /** Time that two processes of one machine share. */
    static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static String statement(CreateRequest request) {
        var statement = request.template().statement();
        return statement == null ? "" : statement;
    }
}
