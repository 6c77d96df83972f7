package dev.outboard.dispatcher.explore;

import static dev.outboard.dispatcher.explore.Steps.add;

import dev.outboard.dispatcher.explore.RealFold.Fed;
import dev.outboard.dispatcher.explore.RealFold.Folded;
import dev.outboard.dispatcher.explore.Situation.Next;
import dev.outboard.dispatcher.explore.Situation.Phase;
import dev.outboard.dispatcher.explore.Situation.Status;
import dev.outboard.dispatcher.explore.Situation.Txn;
import dev.outboard.dispatcher.explore.Situation.Worker;
import dev.outboard.dispatcher.explore.Steps.Step;
import dev.outboard.dispatcher.job.Demand.Op;
import java.util.List;

/** A worker's turn, cut into the steps between which anything else may happen. */
final class WorkerSteps {
    private final Bounds bounds;
    private final RealFold fold;
    private final CommitSteps commits;

    WorkerSteps(Bounds bounds, RealFold fold) {
        this.bounds = bounds;
        this.fold = fold;
        commits = new CommitSteps(bounds, fold);
    }

    void of(Situation s, int i, List<Step> out) {
        var worker = s.workers[i];
        switch (worker.phase) {
            case IDLE -> {
            }
            case ASSIGNED -> lookUp(s, i, bounds.holds(Rule.R4_POSITION_THEN_END), out);
            case KNOWS_ONE -> lookUp(s, i, worker.committed < 0, out);
            case RESTORES -> restore(s, i, worker, out);
            case RUNS -> {
                poll(s, i, worker, out);
                if (worker.next == null) {
                    turn(s, i, worker, out);
                } else {
                    commits.of(s, i, worker.next, out);
                }
            }
        }
    }

    private void lookUp(Situation s, int i, boolean position, List<Step> out) {
        var then = s.workers[i].phase == Phase.ASSIGNED ? Phase.KNOWS_ONE : Phase.RESTORES;
        if (!position) {
            int end = bounds.holds(Rule.R5_READ_TO_HIGH_WATERMARK) ? s.highWatermark() : s.lastStable();
            add(out, s, "W" + i + " looks the end of state up: " + end, false, n -> {
                n.workers[i].end = end;
                n.workers[i].phase = then;
            });
        } else if (!s.positionPending()) {
            add(out, s, "W" + i + " looks the committed position up: " + s.committed, false, n -> {
                n.workers[i].committed = s.committed;
                n.workers[i].phase = then;
            });
        }
    }

    private void restore(Situation s, int i, Worker worker, List<Step> out) {
        if (s.lastStable() < worker.end) {
            return;
        }
        var last = s.last(worker.end);
        int row = last == null ? RealFold.NONE : last.job();
        int position = last == null ? 0 : last.position();
        add(out, s, "W" + i + " has restored: " + commits.words(row) + ", goes on at " + position, false, n -> {
            var w = n.workers[i];
            if (w.committed > position) {
                n.wrong = "the committed position " + w.committed + " is beyond the watermark " + position;
            }
            w.phase = Phase.RUNS;
            w.row = commits.live(row);
            w.ended = w.row != row;
            w.position = position;
            w.committed = -1;
            w.end = -1;
            if (w.row != RealFold.NONE && bounds.holds(Rule.R7_DRIVE_AGAIN)) {
                var folded = fold.fold(w.row, Fed.RESTORED);
                if (folded.job() == w.row) {
                    w.wants = folded.wants();
                    commits.start(n, i);
                } else {
                    begin(n, i, folded, position, false);
                }
            }
        });
    }

    /** The loop learns of its loss at its next poll: between two transactions, or within one where R1 is broken. */
    private void poll(Situation s, int i, Worker worker, List<Step> out) {
        boolean lost = s.owner != i || worker.epoch != s.epoch;
        if (!lost || worker.next != null && bounds.holds(Rule.R1_NO_TRANSACTION_ACROSS_POLL)) {
            return;
        }
        if (!bounds.holds(Rule.R7_DROP_WHAT_IS_LOST)) {
            add(out, s, "W" + i + " polls, rejoins, and keeps its row", false, n -> n.workers[i].epoch = n.epoch);
        } else if (worker.next != null && worker.next.epoch() != s.epoch) {
            add(out, s, "W" + i + " polls with its transaction open: drops its row, and has the new generation", false,
                    n -> {
                        var w = n.workers[i];
                        var next = w.next;
                        w.epoch = n.epoch;
                        w.lost = true;
                        w.next = new Next(next.job(), next.position(), next.wants(), n.epoch, next.carries(),
                                next.appended(), next.sent());
                    });
        } else if (worker.next == null) {
            add(out, s, "W" + i + " polls, learns that it lost p, and drops it", false, n -> Steps.reborn(n, i));
        }
    }

    private void turn(Situation s, int i, Worker w, List<Step> out) {
        if (s.txn(s.by(i)) >= 0) {
            // its last transaction's markers are still on their way
            return;
        }
        if (w.position < bounds.commands().length()) {
            boolean create = bounds.commands().charAt(w.position) == 'C';
            var folded = command(w, create ? Fed.CREATE : Fed.CANCEL);
            add(out, s, "W" + i + " folds the " + (create ? "create" : "cancel") + ": " + commits.words(folded.job()),
                    false,
                    n -> begin(n, i, folded, w.position + 1, true));
        }
        if (w.mail != null) {
            var folded = fold.result(w.row, w.mail.op(), w.mail.told());
            add(out, s, "W" + i + " folds " + w.mail.told() + " of " + w.mail.op() + ": " + commits.words(folded.job()),
                    false,
                    n -> {
                        var worker = n.workers[i];
                        worker.mail = null;
                        worker.busy = false;
                        if (folded.job() == worker.row) {
                            worker.wants = folded.wants();
                            commits.start(n, i);
                        } else {
                            begin(n, i, folded, worker.position, false);
                        }
                    });
        }
        if (w.row != RealFold.NONE && (w.wants == Op.CHECK || w.wants == Op.SLOT)) {
            var folded = fold.fold(w.row, Fed.ADMIT);
            add(out, s, "W" + i + " has a slot for the job: " + commits.words(folded.job()), false,
                    n -> begin(n, i, folded, w.position, false));
        }
    }

    /** A create of a job that is there, or was, is a repeat; a cancel without a live row finds nothing. */
    private Folded command(Worker w, Fed fed) {
        boolean known = w.row != RealFold.NONE || w.ended;
        if (fed == Fed.CREATE && known || fed == Fed.CANCEL && w.row == RealFold.NONE) {
            return new Folded(w.row, w.wants == null ? Op.EXPIRE : w.wants);
        }
        return fold.fold(w.row, fed);
    }

    private void begin(Situation n, int i, Folded folded, int position, boolean command) {
        var w = n.workers[i];
        boolean carries = command || bounds.holds(Rule.R2_EVERY_TRANSACTION_CARRIES_POSITIONS);
        w.next = new Next(folded.job(), position, folded.wants(), w.epoch, carries, false, false);
        n.txns.add(new Txn(n.by(i), Status.OPEN, -1, false, false));
    }
}
