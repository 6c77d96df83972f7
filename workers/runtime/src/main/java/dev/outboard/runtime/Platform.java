package dev.outboard.runtime;

import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.runtime.budget.ConnectorBudget;
import dev.outboard.runtime.budget.Urgency;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The platform of one task type, asked outside of any job's life. Every call is interrupted at its deadline: the
 * connector's own, for a listing five minutes. Safe for many threads.
 */
public final class Platform {
    private static final Duration LISTING = Duration.ofMinutes(5);

    private final String taskType;
    private final Serving serving;
    private final ConnectorBudget budget;
    private final Secrets secrets;
    private final Duration settling;

    Platform(String taskType, Serving serving, ConnectorBudget budget, Secrets secrets, Duration settling) {
        this.taskType = taskType;
        this.serving = serving;
        this.budget = budget;
        this.secrets = secrets;
        this.settling = settling;
    }

    /** It could not be asked; the message says why, without secrets. */
    public static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1;

        private Unanswered(String message) {
            super(message);
        }

        /** Never null. */
        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    public String taskType() {
        return taskType;
    }

    /** The connector's name and version, for people. */
    public String connector() {
        return serving.toString();
    }

    /** After so long no create can land any more, and no listing is so old. */
    public Duration settling() {
        return settling;
    }

    /** The external jobs of this task type alone that carry the installation's label. */
    public ListResult list(String installation) throws Unanswered, InterruptedException {
        var result = ask("list", LISTING, Urgency.LIST, () -> serving.connector().list(installation));
        return switch (result) {
            case ListResult.Listed(var jobs) -> new ListResult.Listed(ours(jobs));
            case ListResult.CannotList cannot -> cannot;
        };
    }

    /** Another type of the same connector has a log of its own, and its own sweep. */
    private List<ExternalJob> ours(List<ExternalJob> jobs) {
        return jobs.stream().filter(job -> job.taskType().equals(taskType)).toList();
    }

    public PollResult poll(Handle handle) throws Unanswered, InterruptedException {
        return ask("poll", serving.info().callDeadline(), Urgency.POLL, () -> {
            budget.take(serving.connector().account(handle));
            return serving.connector().poll(handle, secrets);
        });
    }

    public PollResult delete(Handle handle) throws Unanswered, InterruptedException {
        return ask("delete", serving.info().callDeadline(), Urgency.OWED, () -> {
            budget.take(serving.connector().account(handle));
            return serving.connector().delete(handle, secrets);
        });
    }

    /** What a job made of this call would do, by the connector's check and plan; nothing is created. */
    public Planned plan(CreateTaskRequest spec) throws Unanswered, InterruptedException {
        return ask("plan", serving.info().callDeadline(), Urgency.OWED,
                () -> new Planning(serving, secrets).of(taskType, spec));
    }

    private <T> T ask(String method, Duration limit, Urgency urgency, Callable<T> call)
            throws Unanswered, InterruptedException {
        var answer = new FutureTask<T>(() -> serving.within(() -> ConnectorBudget.as(urgency, 0, call)));
        Thread.ofVirtual().name("platform of " + taskType + " " + method).start(answer);
        try {
            return Objects.requireNonNull(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS),
                    "the connector's " + method + " returned null");
        } catch (TimeoutException e) {
            throw new Unanswered("no answer to " + method + " within " + limit.toSeconds() + " s");
        } catch (ExecutionException | NullPointerException e) {
            throw new Unanswered(secrets.redaction().brief(Faults.told(e)));
        } finally {
            answer.cancel(true);
        }
    }
}
