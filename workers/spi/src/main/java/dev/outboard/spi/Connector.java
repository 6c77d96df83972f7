package dev.outboard.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries jobs to one platform. Found by {@link java.util.ServiceLoader}, so it needs a public constructor without
 * parameters; {@link #open} is called once before anything else but {@link #info}, {@link #close} once at the end.
 *
 * <p>
 * All other methods are called from many threads at a time and must be safe for that. They may block; the worker
 * interrupts a call that outlives its deadline ({@link ConnectorInfo#callDeadline}) and drops its result.
 */
public interface Connector extends AutoCloseable {

    /** What this connector is and promises. Constant; called before {@link #open}. */
    ConnectorInfo info();

    /**
     * Called once with what the worker offers.
     *
     * @throws Exception if the connector cannot work here at all; the worker then refuses to start, with this message
     */
    default void open(ConnectorContext context) throws Exception {}

    /**
     * Says whether this job can be seen to be wrong without asking the platform: a missing warehouse, no statement.
     * Called before the intent to create is made durable, and perhaps more than once. No platform call, no waiting.
     *
     * @return the error, with a JSON pointer into the create body (such as {@code /template/sql/statement}), or empty
     */
    default Optional<TaskError> check(CreateRequest request) throws Exception {
        return Optional.empty();
    }

    /**
     * Creates the external job for this key, or adopts the one that is there. Called again with the same key whenever an
     * earlier call's outcome is not known.
     *
     * <p>
     * What it creates carries, where the platform has labels or tags, these four: the request's installation, its task
     * type, the job id and the key. They are how {@link #list} finds it again.
     *
     * @throws Exception whose meaning is {@link CreateResult.Unknown}: the job may or may not exist
     */
    CreateResult create(CreateRequest request) throws Exception;

    /**
     * Says how the external job is doing. A handle of an earlier version of this connector must be understood.
     *
     * @param secrets looks secrets up for this job, as {@link CreateRequest#secrets}
     * @throws Exception if the platform could not be asked; the job then shows the condition PlatformUnreachable
     */
    PollResult poll(Handle handle, SecretReader secrets) throws Exception;

    /**
     * Asks the platform to stop the job and says what it is then: {@link PollResult.Running} while it is still
     * stopping (the worker calls again), a terminal result once it has ended, {@link PollResult.Gone} if the platform
     * does not know it. Must be harmless for a job that has ended.
     *
     * @param secrets looks secrets up for this job, as {@link CreateRequest#secrets}
     * @throws Exception if the platform could not be asked; the worker calls again
     */
    PollResult delete(Handle handle, SecretReader secrets) throws Exception;

    /**
     * Makes sure that no create of this key can land any more, for a job that is cancelled while its create's outcome is
     * unknown: whatever exists under the key afterwards is deleted by its handle. By default it creates.
     *
     * @throws Exception with the meaning it has in {@link #create}
     */
    default CreateResult occupy(CreateRequest request) throws Exception {
        return create(request);
    }

    /**
     * Looks an external job up by its request's {@linkplain CreateRequest#key() key}. Asked of {@link Guarantee#SEARCH}
     * connectors before they create again.
     *
     * @return the job's handle, or empty if the platform shows none (yet)
     */
    default Optional<Handle> find(CreateRequest request) throws Exception {
        return Optional.empty();
    }

    /**
     * Names the account that a create is made on: what shares a {@link Budget}, such as a project or a workspace. No
     * secret, no platform call.
     */
    default String account(CreateRequest request) {
        return "";
    }

    /** Names the account that an external job lives in, by its handle alone: what {@link #pollAll} is asked for together. */
    default String account(Handle handle) {
        return "";
    }

    /**
     * Asks for many jobs of one account with few requests. Called only where {@link ConnectorInfo#batches} says so, by one
     * thread at a time for each account, as fast as the {@link Budget} lets it. Never concludes {@link PollResult.Gone} from
     * a job's absence in a list: lists lag.
     *
     * @param account that all of {@code handles} live in
     * @param handles jobs that bring no secrets of their own
     * @param since null for all; else the {@code asOf} of an earlier answer: what has not changed since then may be left out
     * @throws Exception if the platform could not be asked; the jobs then show the condition PlatformUnreachable
     */
    default Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since) throws Exception {
        return new Batch(Map.of(), false, null);
    }

    /**
     * As {@link #pollAll(String, Set, Instant)}, which by default it calls; what the worker asks. A connector that reads page
     * after page implements this one and tells of each page as soon as it has it, so that its news need not wait for the last.
     *
     * @param told takes what {@link Batch#results} would else say, and need not be said there again; any thread
     * @throws RetryLater if the platform asks for patience; nothing of the jobs then shows it, unless it goes on for long
     */
    default Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since,
            BiConsumer<Handle, PollResult> told) throws Exception {
        return pollAll(account, handles, since);
    }

    /**
     * Says what this job would do, as far as the platform tells without doing it (a dry run).
     *
     * @throws Exception if the platform could not be asked
     */
    default Plan plan(CreateRequest request) throws Exception {
        return new Plan.CannotPlan("it has no dry run");
    }

    /**
     * Lists the external jobs of an installation by their labels, of all task types, for a sweep: what the platform runs
     * and no job knows is cancelled, what jobs wait for and the platform lost is failed. So an answer is all or nothing:
     * paging is the connector's matter, and a page that cannot be had is an exception.
     *
     * <p>
     * The answer may lag: each external job as it was at any moment, another one for each, that is no earlier than
     * {@link ConnectorInfo#callDeadline} and a minute before this call. What existed by then is in it, unless it ended more
     * than {@link ListResult#ENDED_SHOWN} ago. Never is one in it that carries no key, or another installation's label.
     *
     * @return the jobs, or that this connector cannot list
     * @throws Exception if the platform could not be asked; may take up to five minutes before it is interrupted
     */
    default ListResult list(String installation) throws Exception {
        return new ListResult.CannotList("it does not say how its jobs are listed");
    }

    /** Called once, after the last call has returned or was given up. */
    @Override
    default void close() throws Exception {}
}
