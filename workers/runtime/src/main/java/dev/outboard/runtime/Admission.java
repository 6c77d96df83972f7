package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.runtime.budget.Budgets;
import dev.outboard.runtime.budget.ConnectorBudget;
import dev.outboard.runtime.budget.Urgency;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** How one call comes by a request of its account's budget. */
final class Admission {
    /** A job that is held back for longer says so. */
    private static final Duration UNTOLD = Duration.ofSeconds(5);
    private static final Duration UNTIL_DEADLINE = Duration.ofDays(1);

    private final Call call;
    private final String slug;
    private final ConnectorBudget budget;

    Admission(Call call, String slug, ConnectorBudget budget) {
        this.call = call;
        this.slug = slug;
        this.budget = budget;
    }

    boolean tryTake(String account) {
        return budget.tryTake(account);
    }

    /** Waits; false if that takes so long that the job should say so. */
    boolean take(String account) throws InterruptedException {
        return budget.take(account, urgency(), since(), patience());
    }

    /** Asks the connector, who may take more of the budget within; a platform that wants patience gets it. */
    Outcome ask(String account, Callable<Outcome> connector) throws Exception {
        var outcome = ConnectorBudget.as(urgency(), since(), connector);
        if (outcome instanceof Outcome.Retry(var after, _)) {
            budget.pause(account, after);
        }
        return outcome;
    }

    Outcome heldBack(String account) {
        return new Outcome.HeldBack(budget.paused(account)
                ? "the platform asked for patience; its account is asked nothing for a while"
                : "the account's budget of "
                        + BigDecimal.valueOf(budget.perSecond()).stripTrailingZeros().toPlainString()
                        + " requests a second (connectors." + slug + "." + Budgets.SETTING
                        + ") is used up; others are before this job");
    }

    /** A poll that waits is no news, and a job that says so already may wait until the deadline. */
    private Duration patience() {
        boolean news = call.op() != Op.POLL && Lifecycle.isNews(call.job(), new Outcome.HeldBack(""), Instant.EPOCH);
        return news ? UNTOLD : UNTIL_DEADLINE;
    }

    private Urgency urgency() {
        if (call.job().state() == State.CANCELLING) {
            return Urgency.OWED;
        }
        return switch (call.op()) {
            case DELETE, OCCUPY -> Urgency.OWED;
            case POLL -> Urgency.POLL;
            default -> Urgency.NEW;
        };
    }

    /** In the order of what the jobs wait for, so that a call that is made again keeps its place; polls as they come. */
    private long since() {
        var job = call.job();
        var cancel = job.cancel();
        var since = cancel == null ? job.attempt().submittedAt() : cancel.at();
        return call.op() == Op.POLL || since == null ? 0 : since.toEpochMilli();
    }
}
