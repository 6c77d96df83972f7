package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.spi.CreateRequest;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one connector is asked: what is needed is read first, so that the call itself can follow the lease's answer at once.
 */
final class Conversation {
    private final Serving serving;
    private final Secrets secrets;
    private final Accounts accounts;
    private final Outcomes outcomes;

    Conversation(Serving serving, Accounts accounts, Secrets secrets, Stores stores) {
        this.serving = serving;
        this.accounts = accounts;
        this.secrets = secrets;
        this.outcomes = new Outcomes(serving, secrets.redaction(), stores);
    }

    /**
     * What is to be asked, and of which account; null for what the platform is not asked.
     */
    record Prepared(@Nullable String account, Callable<Outcome> ask) {}

    /**
     * The connector's method with its arguments, not yet called.
     *
     * @param asking told of an output store before it is asked
     * @throws Unprepared with the outcome, if it does not come to a call
     */
    Prepared prepare(Call call, Consumer<String> asking) throws Unprepared {
        var connector = serving.connector();
        return switch (call.op()) {
            case CHECK -> {
                var request = request(call);
                yield new Prepared(null, () -> outcomes.checked(answered(connector.check(request), "check")));
            }
            case CREATE -> {
                var request = request(call);
                yield new Prepared(accounts.of(request),
                        () -> outcomes.created(answered(connector.create(request), "create")));
            }
            case OCCUPY -> {
                var request = request(call);
                yield new Prepared(accounts.of(request),
                        () -> outcomes.created(answered(connector.occupy(request), "occupy")));
            }
            case FIND -> {
                var request = request(call);
                yield new Prepared(accounts.of(request),
                        () -> outcomes.found(answered(connector.find(request), "find")));
            }
            case POLL -> {
                var handle = handle(call);
                yield new Prepared(accounts.of(handle),
                        () -> outcomes.polled(answered(connector.poll(handle, secrets), "poll"), call, asking));
            }
            case DELETE -> {
                var handle = handle(call);
                yield new Prepared(accounts.of(handle),
                        () -> outcomes.polled(answered(connector.delete(handle, secrets), "delete"), call, asking));
            }
            case SLOT, EXPIRE -> throw new Unprepared(new Outcome.NotStarted());
        };
    }

    private CreateRequest request(Call call) throws Unprepared {
        boolean check = call.op() == Op.CHECK;
        try {
            return Templates.request(call.job(), call.installation(), call.externalKey(),
                    Spec.unpack(call.spec().call()), secrets);
        } catch (Refusal refusal) {
            // past the check only if an older version's check let it pass; its create may have landed, so no verdict
            throw new Unprepared(check
                    ? new Outcome.Checked(outcomes.leaving(refusal.error()))
                    : new Outcome.Unreachable(secrets.redaction().brief(refusal.error().message())));
        } catch (Throwable e) {
            // nothing was sent, so this adds nothing to what is unknown of a create
            throw new Unprepared(check
                    ? new Outcome.NotStarted()
                    : new Outcome.Unreachable(secrets.redaction()
                            .brief("the job's spec cannot be read: "
                                    + Faults.told(e))));
        }
    }

    dev.outboard.spi.Handle handle(Call call) throws Unprepared {
        Handle handle = call.job().attempt().handle();
        if (handle == null) {
            throw new Unprepared(new Outcome.Unreachable("the job has no handle to ask for"));
        }
        if (!handle.connector().equals(serving.info().name())) {
            throw new Unprepared(new Outcome.Unreachable("the job was created by the connector " + handle.connector()
                    + ", and this worker has " + serving + " for its task type"));
        }
        return new dev.outboard.spi.Handle(handle.version(), handle.value());
    }

    private static <T> T answered(T result, String method) {
        return Objects.requireNonNull(result, "the connector's " + method + " returned null");
    }

    /** The call is not made, and this is its outcome. */
    static final class Unprepared extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Outcome outcome;

        Unprepared(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }
}
