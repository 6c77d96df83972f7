package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Link;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.PlatformError;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns one connector's results into outcomes. Whatever a connector hands over may be null or oversized: what a job can
 * do without is dropped, the rest is an exception and so the connector's bug.
 */
final class Outcomes {
    private static final int MAX_LINKS = 16;
    private static final int MAX_URI = 2_048;

    private final Serving serving;
    private final Redaction redaction;
    private final Overflow overflow;

    Outcomes(Serving serving, Redaction redaction, Stores stores) {
        this.serving = serving;
        this.redaction = redaction;
        this.overflow = new Overflow(stores, this::error);
    }

    Outcome.Checked checked(Optional<TaskError> error) {
        return new Outcome.Checked(error.map(this::error).orElse(null));
    }

    Outcome found(Optional<dev.outboard.spi.Handle> handle) {
        return handle.<Outcome>map(found -> new Outcome.Exists(handle(found), List.of()))
                .orElseGet(Outcome.Absent::new);
    }

    Outcome created(CreateResult result) {
        return switch (result) {
            case CreateResult.Created(var handle, var links) -> new Outcome.Exists(handle(handle), links(links));
            case CreateResult.Adopted(var handle, var links) -> new Outcome.Exists(handle(handle), links(links));
            case CreateResult.Rejected(var error) -> new Outcome.Rejected(error(error));
            case CreateResult.Retry(var after, var reason) ->
                new Outcome.Retry(Objects.requireNonNull(after, "after"), redaction.brief(reason));
            case CreateResult.Unknown(var cause) -> new Outcome.Unknown(redaction.brief(cause), false);
        };
    }

    /**
     * @param call that learnt it: outputs too large for a record are written where its job's spec says
     * @param asking told of an output store before it is asked
     */
    Outcome polled(PollResult result, Call call, Consumer<String> asking) throws InterruptedException {
        return result instanceof PollResult.Succeeded succeeded ? succeeded(succeeded, call, asking) : other(result);
    }

    private Outcome other(PollResult result) {
        return switch (result) {
            case PollResult.Running running -> running(running);
            case PollResult.Succeeded _ -> throw new IllegalArgumentException("its outputs have to be written");
            case PollResult.Failed(var error, var info, var links) ->
                new Outcome.Failed(error(error), Infos.write(info, redaction), links(links));
            case PollResult.Cancelled _ -> new Outcome.Cancelled();
            case PollResult.Gone _ -> new Outcome.Gone();
            case PollResult.Retry(var after, var reason) ->
                new Outcome.Retry(Objects.requireNonNull(after, "after"), redaction.brief(reason));
        };
    }

    /** What a batch poll told of one job; null for an end whose outputs a call of its own has to write to a store. */
    @Nullable
    Outcome together(PollResult result) {
        if (!(result instanceof PollResult.Succeeded succeeded)) {
            return other(result);
        }
        var info = Infos.write(succeeded.info(), redaction);
        var links = links(succeeded.links());
        try {
            var outputs = overflow.inline(succeeded.outputs());
            return outputs == null ? null : new Outcome.Succeeded(outputs, info, links);
        } catch (Refusal refusal) {
            return new Outcome.Failed(leaving(refusal.error()), info, links);
        }
    }

    private Outcome.Running running(PollResult.Running running) {
        var message = running.message();
        return new Outcome.Running(running.queued(), message == null ? null : redaction.brief(message),
                fraction(running.progress()), links(running.links()), Infos.write(running.info(), redaction),
                running.pollAfter());
    }

    private Outcome succeeded(PollResult.Succeeded succeeded, Call call, Consumer<String> asking)
            throws InterruptedException {
        var info = Infos.write(succeeded.info(), redaction);
        var links = links(succeeded.links());
        try {
            return new Outcome.Succeeded(overflow.place(succeeded.outputs(), call, asking), info, links);
        } catch (Refusal refusal) {
            return new Outcome.Failed(leaving(refusal.error()), info, links);
        } catch (Overflow.Away away) {
            return new Outcome.Unreachable(redaction.brief(away.getMessage()));
        }
    }

    private Handle handle(dev.outboard.spi.Handle handle) {
        return new Handle(serving.info().name(), serving.info().version(), handle.version(), handle.value());
    }

    JobError error(TaskError error) {
        var kind = error.kind() == TaskError.Kind.USER ? JobError.Kind.USER : JobError.Kind.SYSTEM;
        return leaving(new JobError(kind, error.code(), error.message(), error.retryable(), error.pointer(),
                error.nextStep(), platform(error.platform())));
    }

    /** The error as it may leave; what a platform said in it is clean already. */
    JobError leaving(JobError error) {
        return new JobError(error.kind(), redaction.brief(error.code()), redaction.brief(error.message()),
                error.retryable(), brief(error.pointer()), brief(error.nextStep()), error.platform());
    }

    private @Nullable PlatformError platform(dev.outboard.spi.@Nullable PlatformError said) {
        if (said == null || said.platform() == null || said.category() == null) {
            return null;
        }
        var link = said.link();
        return new PlatformError(redaction.brief(said.platform()), said.category().name(), brief(said.code()),
                brief(said.requestId()), link == null || tooLong(link) ? null : redaction.redact(link));
    }

    private @Nullable String brief(@Nullable String text) {
        return text == null ? null : redaction.brief(text);
    }

    private static boolean tooLong(String uri) {
        return uri.length() > MAX_URI;
    }

    private List<Link> links(@Nullable List<dev.outboard.spi.Link> links) {
        if (links == null) {
            return List.of();
        }
        return links.stream()
                .filter(link -> link != null && link.uri() != null && !tooLong(link.uri()))
                .limit(MAX_LINKS)
                .map(link -> new Link(redaction.brief(link.name()), redaction.redact(link.uri())))
                .toList();
    }

    private static @Nullable Double fraction(@Nullable Double progress) {
        return progress == null || progress.isNaN() ? null : Double.valueOf(Math.clamp(progress, 0.0, 1.0));
    }
}
