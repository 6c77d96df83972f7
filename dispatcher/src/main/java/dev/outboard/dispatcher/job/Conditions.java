package dev.outboard.dispatcher.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Setting and clearing conditions. */
final class Conditions {
    private Conditions() {}

    /** The record with this condition noted; the same object if it already says so. */
    static Job note(Job job, Condition.Type type, String reason, String message, Instant now) {
        var was = job.condition(type);
        if (was != null && was.reason().equals(reason) && was.message().equals(message)) {
            return job;
        }
        return job.edit().conditions(with(job, type, reason, message, now)).at(now);
    }

    /** With this condition; its since stays while only its words change. */
    static List<Condition> with(Job job, Condition.Type type, String reason, String message, Instant now) {
        var was = job.condition(type);
        var next = new ArrayList<>(without(job, type));
        next.add(new Condition(type, reason, message, was == null ? now : was.since()));
        return next;
    }

    static List<Condition> without(Job job, Condition.Type type) {
        return without(job.conditions(), type);
    }

    static List<Condition> without(List<Condition> conditions, Condition.Type type) {
        return conditions.stream().filter(c -> c.type() != type).toList();
    }

    /** What keeps any call from its answer is told on the record, and changes nothing else. */
    static Job inTheWay(Job job, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Retry(_, var reason) -> note(job, Condition.Type.THROTTLED, "PlatformBusy", reason, now);
            case Outcome.HeldBack(var why) -> note(job, Condition.Type.THROTTLED, "BudgetSpent", why, now);
            case Outcome.Unreachable(var cause) ->
                note(job, Condition.Type.PLATFORM_UNREACHABLE, "CallFailed", cause, now);
            default -> job;
        };
    }

    /** With what is owed from now on. */
    static List<Condition> owing(Job job, Cancel cancel) {
        var who = cancel.thenFail() == null ? cancel.by() + " asked to stop it" : cancel.by() + " gave it up";
        var why = cancel.reason().isEmpty() ? "" : " (" + cancel.reason() + ")";
        return with(job, Condition.Type.CANCEL_OWED, cancel.thenFail() == null ? "CancelAsked" : "GivenUp",
                who + why + "; the platform has not confirmed yet that it has stopped", cancel.at());
    }

    /** Once the platform has answered, nothing is in the way any more; what is owed, or not the platform's, stays. */
    static List<Condition> answered(Job job) {
        return job.conditions()
                .stream()
                .filter(c -> c.type() == Condition.Type.CANCEL_OWED || c.type() == Condition.Type.DEAD_LETTER)
                .toList();
    }
}
