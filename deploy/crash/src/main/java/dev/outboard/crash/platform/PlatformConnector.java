package dev.outboard.crash.platform;

import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries jobs to the simulated platform as a vendor's connector would, one class for each guarantee. */
public abstract class PlatformConnector implements Connector {
    public static final String TASK_TYPE = "crash";
    /** Short, because a doubtful create's quarantine is this and a minute. */
    public static final Duration CALL_DEADLINE = Duration.ofSeconds(3);

    private final Guarantee guarantee;
    private @Nullable Remote remote;

    PlatformConnector(Guarantee guarantee) {
        this.guarantee = guarantee;
    }

    /** Refuses a second create of a key with 409. */
    public static final class Adopt extends PlatformConnector {
        public Adopt() {
            super(Guarantee.ADOPT);
        }
    }

    /** Answers a second create of a token with the first job. */
    public static final class Token extends PlatformConnector {
        public Token() {
            super(Guarantee.TOKEN);
        }
    }

    /** Makes a second job of a second create, and shows each only some time later. */
    public static final class Search extends PlatformConnector {
        public Search() {
            super(Guarantee.SEARCH);
        }

        @Override
        public Optional<Handle> find(CreateRequest request) throws IOException, InterruptedException {
            return lookUp(request.key());
        }
    }

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("Crash", "1", Map.of(TASK_TYPE, Set.of(0)), guarantee, guarantee == Guarantee.NONE,
                10_000, CALL_DEADLINE);
    }

    @Override
    public void open(ConnectorContext context) {
        remote = new Remote(Objects.requireNonNull(context.settings().get("url"), "connectors.crash.url"));
    }

    Remote remote() {
        return Objects.requireNonNull(remote, "not open");
    }

    @Override
    public CreateResult create(CreateRequest request) throws IOException, InterruptedException {
        var answer = remote().send("POST", "/jobs?key=" + request.key() + "&job=" + request.jobId() + "&attempt="
                + request.attempt() + "&number=" + number(request));
        return switch (answer.status()) {
            case 201 -> new CreateResult.Created(new Handle(1, answer.id()), List.of());
            case 409 -> guarantee == Guarantee.TOKEN
                    ? new CreateResult.Created(new Handle(1, answer.id()), List.of())
                    : adopted(request.key());
            case 400 -> new CreateResult.Rejected(TaskError.user("Refused", "so the script wants it"));
            case 429 -> new CreateResult.Retry(Duration.ofMillis(700), "busy");
            default -> new CreateResult.Unknown("the platform answered " + answer.status());
        };
    }

    private CreateResult adopted(String key) throws IOException, InterruptedException {
        return lookUp(key).<CreateResult>map(handle -> new CreateResult.Adopted(handle, List.of()))
                .orElseGet(() -> new CreateResult.Unknown("the platform has the key and does not show its job"));
    }

    final Optional<Handle> lookUp(String key) throws IOException, InterruptedException {
        var answer = remote().send("GET", "/jobs?key=" + key);
        return switch (answer.status()) {
            case 200 -> Optional.of(new Handle(1, answer.id()));
            case 404 -> Optional.empty();
            default -> throw new IOException("the platform answered " + answer.status());
        };
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        return result(remote().send("GET", "/jobs/" + handle.value()));
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        return result(remote().send("DELETE", "/jobs/" + handle.value()));
    }

    private static PollResult result(Remote.Answer answer) throws IOException {
        return switch (answer.status()) {
            case 200 -> result(answer.state());
            case 404 -> new PollResult.Gone();
            case 429 -> new PollResult.Retry(Duration.ofMillis(700), "busy");
            default -> throw new IOException("the platform answered " + answer.status());
        };
    }

    static PollResult result(External.State state) {
        return switch (state) {
            case RUNNING -> PollResult.Running.plain();
            case SUCCEEDED -> new PollResult.Succeeded(Map.of(), Map.of());
            case FAILED -> new PollResult.Failed(TaskError.user("Failed", "so the script wants it"));
            case FAILED_ONCE -> new PollResult.Failed(TaskError.system("Preempted", "so the script wants it", true));
            case CANCELLED -> new PollResult.Cancelled();
        };
    }

    /** The job's number is the whole of its statement. */
    static int number(CreateRequest request) {
        return Integer.parseInt(Objects.requireNonNull(request.template().statement(), "statement"));
    }

    @Override
    public void close() {
        if (remote != null) {
            remote.close();
        }
    }
}
