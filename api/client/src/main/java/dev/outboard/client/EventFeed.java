package dev.outboard.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows one job by Server-Sent Events, and on from the last event after a lost connection; where the server has no events
 * to give, by long polls. One thread uses it, once.
 */
final class EventFeed {
    /** The server gives a sign of life every 15 s. */
    private static final Duration IDLE = Duration.ofSeconds(45);
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(10);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofDays(36_500);
    /** Connections in a row that brought no event: something in between does not let events through. */
    private static final int MOST_BARREN = 3;

    private final Calls calls;
    private final Patience patience;
    private final String id;
    private final Consumer<Job> changed;
    private Duration retry = Duration.ofSeconds(2);
    private @Nullable String lastEventId;
    private @Nullable Job seen;

    EventFeed(Calls calls, Patience patience, String id, Consumer<Job> changed) {
        this.calls = calls;
        this.patience = patience;
        this.id = id;
        this.changed = changed;
    }

    /** The job as it ended. */
    Job follow() throws InterruptedException {
        var barren = 0;
        while (barren < MOST_BARREN) {
            try (var events = patience.call(() -> calls.events(id, lastEventId))) {
                if (events.chunks() == null) {
                    break; // 204: nothing new will come; else no events: a poll tells in both cases
                }
                var before = lastEventId;
                if (read(events)) {
                    return Objects.requireNonNull(seen);
                }
                barren = Objects.equals(before, lastEventId) ? barren + 1 : 0;
            } catch (OutboardException.Refused e) {
                if (!hasNoEvents(e.problem())) {
                    throw e;
                }
                break;
            }
            Thread.sleep(retry);
        }
        return new LongPoll(calls, patience).follow(id, seen, Deadline.in(FOREVER), this::show);
    }

    /** An earlier server, or one with all the watchers it takes. */
    private static boolean hasNoEvents(Problem problem) {
        return switch (problem.status()) {
            case 404 -> !"unknown-job".equals(problem.code());
            case 405, 406, 501 -> true;
            default -> "too-many-watchers".equals(problem.code());
        };
    }

    /** Whether the job has ended; else the connection has. */
    private boolean read(Events events) throws InterruptedException {
        try {
            for (var event = events.next(IDLE); event != null; event = events.next(IDLE)) {
                if (event.retry() != null) {
                    retry = Deadline.shorter(event.retry(), LONGEST_RETRY);
                    retry = retry.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : retry;
                }
                if (event.type().equals("job") && !event.data().isEmpty()) {
                    show(calls.job(Json.parse(event.data().getBytes(StandardCharsets.UTF_8)), null));
                }
                if (event.id() != null) {
                    lastEventId = event.id();
                }
                if (event.type().equals("end") && seen != null) {
                    return true;
                }
            }
        } catch (IOException _) {
            // lost: on from the last event
        }
        return seen != null && seen.ended();
    }

    private void show(Job job) {
        if (seen == null || !seen.covers(job)) {
            seen = job;
            changed.accept(job);
        }
    }
}
