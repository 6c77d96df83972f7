package dev.outboard.connectors.duckdb;

import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * One query of one attempt: waiting, then running, then ended. Runs once, on a pool's thread; everything else may be
 * called from any thread and does not wait for the query.
 */
final class Job implements Runnable {
    enum Stop {
        CANCEL, TIMEOUT
    }

    private sealed interface State {
        record Waiting() implements State {}

        record Running() implements State {}

        record Ended(PollResult result) implements State {}
    }

    private final String key;
    private final QueryRun query;
    private final Clock clock;
    private final Duration timeout;
    private final Instant created;
    private final Consumer<Job> onStart;
    private final Consumer<Job> onEnd;

    // guarded by this
    private State state = new State.Waiting();
    private @Nullable Stop stop;
    private boolean committed;
    private @Nullable DuckDBPreparedStatement executing;
    private double progress;

    /**
     * @param onStart called by the pool's thread when the query gets its turn
     * @param onEnd called once when the job has ended, without this job's lock
     */
    Job(String key, QueryRun query, Clock clock, Duration timeout, Consumer<Job> onStart, Consumer<Job> onEnd) {
        this.key = key;
        this.query = query;
        this.clock = clock;
        this.timeout = timeout;
        this.created = clock.instant();
        this.onStart = onStart;
        this.onEnd = onEnd;
    }

    String key() {
        return key;
    }

    @Override
    public void run() {
        synchronized (this) {
            if (!(state instanceof State.Waiting)) {
                return;
            }
            state = new State.Running();
        }
        onStart.accept(this);
        PollResult result;
        try {
            result = query.run(this);
        } catch (Stopped e) {
            result = stopped();
        } catch (RuntimeException | Error e) {
            // or the job would run forever
            result = new PollResult.Failed(TaskError.system("ConnectorBug", e.toString(), false));
        }
        end(result);
    }

    private void end(PollResult result) {
        synchronized (this) {
            state = new State.Ended(result);
        }
        onEnd.accept(this);
    }

    private synchronized PollResult stopped() {
        return stop == Stop.TIMEOUT
                ? new PollResult.Failed(TaskError.user("Timeout", "the query ran longer than "
                        + timeout + ", the connector's setting `timeout`, and was stopped"))
                : new PollResult.Cancelled();
    }

    /**
     * Asks the query to stop. True once it has ended; until then call again: an interrupt that comes just before DuckDB
     * starts to execute is lost in it.
     */
    boolean stop(Stop why) {
        synchronized (this) {
            if (state instanceof State.Ended) {
                return true;
            }
            if (committed) {
                // the result is being published: its end is a matter of moments, and no longer ours to decide
                return false;
            }
            if (stop == null) {
                stop = why;
            }
            if (!(state instanceof State.Waiting)) {
                interrupt();
                return false;
            }
            state = new State.Ended(stopped());
        }
        onEnd.accept(this);
        return true;
    }

    private synchronized void interrupt() {
        if (executing != null) {
            try {
                executing.cancel();
            } catch (SQLException e) {
                // it ended by itself in this moment
                executing = null;
            }
        }
    }

    /** For the query: what is executed from now on, so that it can be interrupted and asked for its progress. */
    synchronized void executing(@Nullable DuckDBPreparedStatement statement) throws Stopped {
        executing = statement;
        if (statement != null) {
            checkStopped();
        }
    }

    /** For the query: throws if it has to stop. */
    synchronized void checkStopped() throws Stopped {
        if (stop != null) {
            throw new Stopped();
        }
    }

    /** For the query: from here on it cannot be stopped any more. Throws if it has to stop. */
    synchronized void commit() throws Stopped {
        checkStopped();
        committed = true;
    }

    synchronized PollResult poll() {
        long age = Duration.between(created, clock.instant()).toMillis();
        Duration pollAfter = Duration.ofMillis(Math.clamp(age / 5, 100, 1000));
        return switch (state) {
            case State.Waiting() -> new PollResult.Running(true, "waiting for a free query thread", null, List.of(),
                    Map.of(), pollAfter);
            case State.Running() -> new PollResult.Running(false, stop == null ? null : "stopping",
                    progress(), List.of(),
                    Map.of(), pollAfter);
            case State.Ended(PollResult result) -> result;
        };
    }

    private synchronized @Nullable Double progress() {
        if (executing != null) {
            try {
                // -1 when unknown; it falls when a later stage turns out to be larger, which nobody wants to see
                progress = Math.max(progress, Math.min(1, executing.getQueryProgress().getPercentage() / 100));
            } catch (SQLException e) {
                // it ended by itself in this moment
                executing = null;
            }
        }
        return progress > 0 ? progress : null;
    }

    /** The query was asked to stop and does. */
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** What a job runs. */
    interface QueryRun {
        /** Any end but a stop, which it learns of by {@link Job#checkStopped}. */
        PollResult run(Job job) throws Stopped;

    }
}
