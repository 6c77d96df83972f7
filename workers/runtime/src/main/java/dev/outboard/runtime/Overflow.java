package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Outputs.Inline;
import dev.outboard.dispatcher.job.Outputs.Stored;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.spi.StoreResult;
import dev.outboard.spi.TaskError;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts outputs where they fit: into the record, or as Flyte does into {@code outputs.pb} under the job's output prefix,
 * before the record says so. A call that is made again, here or by another worker, writes the same file again.
 */
final class Overflow {
    /** What may be assembled at any time. */
    static final int MANY = 8 << 20;
    /** What may be assembled by a few at a time. */
    static final int MOST = 64 << 20;
    private static final int FEW = 4;
    private static final String FILE = "outputs.pb";

    private final Stores stores;
    private final Function<TaskError, JobError> errors;
    private final Semaphore few = new Semaphore(FEW);

    /** @param errors turns what a store refuses with into the job's error */
    Overflow(Stores stores, Function<TaskError, JobError> errors) {
        this.stores = stores;
        this.errors = errors;
    }

    /** The outputs could not be written now; the message says to where and why. */
    static final class Away extends Exception {
        private static final long serialVersionUID = 1;

        Away(String message) {
            super(message, null, false, false);
        }
    }

    /** Those that go into the record; null for more. */
    @Nullable
    Inline inline(Map<String, @Nullable Object> outputs) throws Refusal {
        var literals = Outputs.write(outputs, MANY);
        return literals != null && literals.size() <= Policy.MAX_OUTPUTS ? new Inline(literals) : null;
    }

    /**
     * @param asking told of the store before it is asked
     * @throws Refusal where they cannot be kept at all
     * @throws Away where that may be otherwise later
     */
    dev.outboard.dispatcher.job.Outputs place(Map<String, @Nullable Object> outputs, Call call, Consumer<String> asking)
            throws Refusal, Away, InterruptedException {
        var literals = Outputs.write(outputs, MANY);
        if (literals != null) {
            return literals.size() <= Policy.MAX_OUTPUTS ? new Inline(literals) : stored(literals, call, asking);
        }
        // before so much is assembled
        asking.accept(target(call, "more than " + MANY).toString());
        few.acquire();
        try {
            literals = Outputs.write(outputs, MOST);
            if (literals == null) {
                throw new Refusal(JobError.user("OutputsTooLarge", "the outputs take more than " + MOST
                        + " bytes, which is the most that is ever kept; return a reference to them instead"));
            }
            return stored(literals, call, asking);
        } finally {
            few.release();
        }
    }

    private Stored stored(Bytes literals, Call call, Consumer<String> asking)
            throws Refusal, Away, InterruptedException {
        var size = String.valueOf(literals.size());
        var target = target(call, size);
        if (!call.lease().getAsBoolean()) {
            // another worker may own the job, and be further on
            throw new Away("this worker had no word from Kafka for too long to write the outputs");
        }
        asking.accept(target.toString());
        StoreResult result;
        try {
            result = stores.write(target, literals.array());
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            throw new Away(target + " could not take the outputs: " + Faults.told(e));
        }
        return switch (result) {
            case StoreResult.Stored _ -> new Stored(target.uri(), literals.size());
            case StoreResult.NotAllowed(var why) -> throw tooLarge(size, why);
            case StoreResult.Refused(var error) -> throw new Refusal(errors.apply(error));
        };
    }

    private Stores.Target target(Call call, String size) throws Refusal, Away {
        String prefix;
        try {
            prefix = Spec.unpack(call.spec().call()).getOutputPrefix();
        } catch (Exception e) {
            throw new Away("the job's spec, which says where its outputs go, cannot be read: " + Faults.told(e));
        }
        return switch (stores.target(prefix, FILE)) {
            case Stores.Target target -> target;
            case Stores.Nowhere(var why) -> throw tooLarge(size, why);
        };
    }

    private static Refusal tooLarge(String size, String why) {
        return new Refusal(JobError.user("OutputsTooLarge", "the outputs take " + size + " bytes, at most "
                + Policy.MAX_OUTPUTS + " go into the log, and " + why));
    }
}
