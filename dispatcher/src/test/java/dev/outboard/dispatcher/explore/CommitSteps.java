package dev.outboard.dispatcher.explore;

import static dev.outboard.dispatcher.explore.Steps.add;

import dev.outboard.dispatcher.explore.Situation.Entry;
import dev.outboard.dispatcher.explore.Situation.Next;
import dev.outboard.dispatcher.explore.Situation.Request;
import dev.outboard.dispatcher.explore.Situation.Status;
import dev.outboard.dispatcher.explore.Situation.Txn;
import dev.outboard.dispatcher.explore.Steps.Step;
import java.util.List;

/** A worker's transaction from its first record to what it starts once it is committed. */
final class CommitSteps {
    private final Bounds bounds;
    private final RealFold fold;

    CommitSteps(Bounds bounds, RealFold fold) {
        this.bounds = bounds;
        this.fold = fold;
    }

    void of(Situation s, int i, Next next, List<Step> out) {
        int txn = s.txn(s.by(i));
        if (txn < 0 || s.txns.get(txn).status() != Status.OPEN) {
            add(out, s, "W" + i + " finds its producer fenced, and begins again", false, n -> Steps.reborn(n, i));
            return;
        }
        if (!next.appended()) {
            add(out, s, "W" + i + "'s record is in the log: " + words(next.job()), false, n -> {
                n.log.add(new Entry(next.job(), next.position(), n.by(i), Status.OPEN));
                n.workers[i].next = new Next(next.job(), next.position(), next.wants(), next.epoch(), next.carries(),
                        true, next.sent());
            });
        }
        if (!next.sent()) {
            positions(s, i, next, txn, out);
        }
        if (next.appended() && next.sent()) {
            add(out, s, "W" + i + " commits " + words(next.job()), false, n -> {
                Steps.end(n, txn, Status.COMMIT);
                done(n, i, next);
            });
            if (s.losses < bounds.losses()) {
                unknown(s, i, next, txn, out);
            }
        }
    }

    private void positions(Situation s, int i, Next next, int txn, List<Step> out) {
        boolean fences = next.carries() && bounds.holds(Rule.R3_MEMBERS_OWN_METADATA);
        if (fences && next.epoch() != s.epoch) {
            add(out, s, "W" + i + "'s generation " + next.epoch() + " is refused: it begins again", false, n -> {
                Steps.end(n, txn, Status.ABORT);
                n.txns.removeIf(Txn::over);
                Steps.reborn(n, i);
            });
            return;
        }
        add(out, s, next.carries()
                ? "W" + i + " sends its position " + next.position()
                : "W" + i + " sends no position", false, n -> {
                    if (next.carries()) {
                        n.txns.set(txn, new Txn(n.by(i), Status.OPEN, next.position(), false, false));
                    }
                    n.workers[i].next = new Next(next.job(), next.position(), next.wants(), next.epoch(),
                            next.carries(), next.appended(), true);
                });
    }

    /** The commit is asked for, and no answer comes: it was done, or never arrived. */
    private void unknown(Situation s, int i, Next next, int txn, List<Step> out) {
        for (boolean arrives : new boolean[]{true, false}) {
            boolean doubts = bounds.holds(Rule.R9_CRASH_ON_DOUBT);
            add(out, s, "W" + i + " asks for its commit of " + words(next.job())
                    + (arrives ? ", does not HEAR of it" : " in VAIN")
                    + (doubts ? ", and begins again" : ", and goes on as if it were done"), true, n -> {
                        n.losses++;
                        Steps.end(n, txn, arrives ? Status.COMMIT : Status.ABORT);
                        if (doubts) {
                            Steps.reborn(n, i);
                        } else {
                            done(n, i, next);
                        }
                    });
        }
    }

    private void done(Situation n, int i, Next next) {
        var w = n.workers[i];
        if (w.lost) {
            Steps.reborn(n, i);
            return;
        }
        w.next = null;
        w.row = live(next.job());
        w.ended |= w.row != next.job();
        w.position = next.position();
        w.wants = next.wants();
        if (w.row == RealFold.NONE) {
            w.busy = false;
            w.mail = null;
        }
        start(n, i);
    }

    /** What the row wants is called for, unless a call is under way: then its answer will say. */
    void start(Situation n, int i) {
        var w = n.workers[i];
        if (w.row == RealFold.NONE || w.busy) {
            return;
        }
        switch (w.wants) {
            case CREATE, OCCUPY, DELETE -> {
                w.busy = true;
                n.requests.add(new Request(w.wants, n.by(i)));
                w.wants = null;
            }
            case null, default -> {
            }
        }
    }

    /** An ended job is no row: nothing is folded into it. */
    int live(int row) {
        return row == RealFold.NONE || fold.job(row).state().terminal() ? RealFold.NONE : row;
    }

    String words(int job) {
        return job == RealFold.NONE ? "nothing" : fold.job(job).state() + " rev " + fold.job(job).rev();
    }
}
