package dev.outboard.runtime;

import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Handle;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which account a call goes to, by one connector's word. Any thread. */
final class Accounts {
    private static final System.Logger LOG = System.getLogger(Accounts.class.getName());

    private final Serving serving;
    private final Redaction redaction;
    private final AtomicBoolean told = new AtomicBoolean();

    Accounts(Serving serving, Redaction redaction) {
        this.serving = serving;
        this.redaction = redaction;
    }

    String of(CreateRequest request) {
        return named(() -> serving.connector().account(request));
    }

    String of(Handle handle) {
        return named(() -> serving.connector().account(handle));
    }

    /** A connector that cannot tell accounts apart has one: its jobs go on, with a budget that is too small for them. */
    private String named(Callable<String> name) {
        Throwable fault;
        try {
            return Objects.requireNonNull(serving.within(name), "the connector's account returned null");
        } catch (Throwable e) {
            fault = e;
        }
        if (!told.getAndSet(true)) {
            LOG.log(WARNING, "{0} cannot name an account, so all it cannot name share a budget: {1}", serving,
                    Faults.stack(fault, redaction));
        }
        return "";
    }
}
