package dev.outboard.runtime.batch;

import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the rounds of one connector ask of the runtime. Any thread. */
public interface Polling {

    /**
     * Asks the connector, whatever it may return or throw.
     *
     * @param waiting told true when the connector begins to wait for its budget, and false once it need not any more
     */
    @Nullable
    Batch ask(String account, Set<Handle> handles, @Nullable Instant since, BiConsumer<Handle, PollResult> told,
            Consumer<Boolean> waiting) throws Exception;

    /**
     * Null for an end that takes a call of its own.
     *
     * @throws RuntimeException for a result that is none
     */
    @Nullable
    Outcome outcome(PollResult result);

    /** What a connector's exception says, without secrets. */
    String cause(Throwable fault);

    /** Asks for one job alone; {@code done} gets exactly one outcome. */
    void singly(Waiter waiter, Consumer<Outcome> done);

    /** The platform asked for patience. */
    void pause(String account, Duration time);
}
