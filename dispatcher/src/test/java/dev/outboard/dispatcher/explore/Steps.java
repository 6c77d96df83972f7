package dev.outboard.dispatcher.explore;

import dev.outboard.dispatcher.explore.RealFold.Told;
import dev.outboard.dispatcher.explore.Situation.Entry;
import dev.outboard.dispatcher.explore.Situation.Mail;
import dev.outboard.dispatcher.explore.Situation.Phase;
import dev.outboard.dispatcher.explore.Situation.Request;
import dev.outboard.dispatcher.explore.Situation.Status;
import dev.outboard.dispatcher.explore.Situation.Worker;
import dev.outboard.dispatcher.job.Demand.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What may happen next: to the group, the coordinator and the platform; {@link WorkerSteps} has the workers' own. */
final class Steps {
    /** A step in words, and what it leads to. A fault need not happen. */
    record Step(String words, boolean fault, Situation to) {}

    private final Bounds bounds;
    private final WorkerSteps workers;

    Steps(Bounds bounds, RealFold fold) {
        this.bounds = bounds;
        workers = new WorkerSteps(bounds, fold);
    }

    List<Step> from(Situation s) {
        var out = new ArrayList<Step>();
        group(s, out);
        coordinator(s, out);
        platform(s, out);
        for (int i = 0; i < 2; i++) {
            workers.of(s, i, out);
        }
        return out;
    }

    static void add(List<Step> out, Situation s, String words, boolean fault, Consumer<Situation> change) {
        var next = s.copy();
        change.accept(next);
        out.add(new Step(words, fault, next));
    }

    private void group(Situation s, List<Step> out) {
        for (int i = 0; i < 2; i++) {
            int at = i;
            var phase = s.workers[i].phase;
            if (s.owner < 0 && phase == Phase.IDLE) {
                add(out, s, "the group gives p to W" + i + ", generation " + (s.epoch + 1), false, n -> {
                    n.owner = at;
                    n.epoch++;
                    var fresh = fresh(n.workers[at]);
                    fresh.phase = Phase.ASSIGNED;
                    fresh.epoch = n.epoch;
                    n.workers[at] = fresh;
                });
            }
            if (s.crashes < bounds.crashes() && phase != Phase.IDLE) {
                add(out, s, "CRASH of W" + i, true, n -> {
                    n.crashes++;
                    reborn(n, at);
                });
            }
        }
        if (s.expels < bounds.expels() && s.owner >= 0 && s.workers[s.owner].phase == Phase.RUNS) {
            add(out, s, "the group EXPELS W" + s.owner + ", which does not know", true, n -> {
                n.expels++;
                n.owner = -1;
                n.epoch++;
            });
        }
    }

    /** The same place in another life: nothing of the last one is left in memory. */
    static void reborn(Situation n, int place) {
        var worker = new Worker();
        worker.life = n.workers[place].life + 1;
        n.workers[place] = worker;
        if (n.owner == place) {
            n.owner = -1;
            n.epoch++;
        }
    }

    private static Worker fresh(Worker was) {
        var fresh = new Worker();
        fresh.life = was.life;
        return fresh;
    }

    private void coordinator(Situation s, List<Step> out) {
        for (int k = 0; k < s.txns.size(); k++) {
            int at = k;
            var txn = s.txns.get(k);
            int place = txn.by() / 16;
            var who = "W" + place + "." + txn.by() % 16;
            if (txn.status() == Status.OPEN) {
                boolean left = s.by(place) != txn.by() || s.owner != place;
                if (left && bounds.timeOuts()) {
                    add(out, s, "the transaction of " + who + " times out", false, n -> end(n, at, Status.ABORT));
                }
                boolean restores = s.owner >= 0 && s.workers[s.owner].phase != Phase.RUNS;
                if (left && restores && bounds.holds(Rule.R6_FENCE_THE_DEAD)) {
                    add(out, s, "W" + s.owner + " fences " + who + " and so ends its transaction", false,
                            n -> end(n, at, Status.ABORT));
                }
                continue;
            }
            var kind = txn.status() == Status.COMMIT ? "commit" : "abort";
            if (!txn.stateMarked()) {
                add(out, s, "the " + kind + " marker of " + who + " lands in state", false, n -> {
                    n.log.replaceAll(e -> e.by() == txn.by() && e.status() == Status.OPEN
                            ? new Entry(e.job(), e.position(), e.by(), txn.status())
                            : e);
                    n.txns.set(at, new Situation.Txn(txn.by(), txn.status(), txn.position(), true,
                            txn.positionMarked()));
                    n.txns.removeIf(Situation.Txn::over);
                });
            }
            if (txn.position() >= 0 && !txn.positionMarked()) {
                add(out, s, "the " + kind + " marker of " + who + " lands in positions", false, n -> {
                    if (txn.status() == Status.COMMIT) {
                        n.committed = txn.position();
                    }
                    n.txns.set(at, new Situation.Txn(txn.by(), txn.status(), txn.position(), txn.stateMarked(), true));
                    n.txns.removeIf(Situation.Txn::over);
                });
            }
        }
    }

    static void end(Situation n, int txn, Status status) {
        n.txns.set(txn, n.txns.get(txn).with(status));
    }

    private void platform(Situation s, List<Step> out) {
        for (int k = 0; k < s.requests.size(); k++) {
            int at = k;
            var request = s.requests.get(k);
            var told = handled(s, request);
            var words = "the platform handles " + request.op() + " of W" + request.by() / 16 + "." + request.by() % 16
                    + ": " + told;
            add(out, s, words, false, n -> {
                land(n, at);
                mail(n, request, told);
            });
            if (s.losses < bounds.losses()) {
                var unknown = request.op() == Op.DELETE ? Told.UNREACHABLE : Told.UNKNOWN;
                add(out, s, words + ", and the reply is LOST", true, n -> {
                    n.losses++;
                    land(n, at);
                    mail(n, request, unknown);
                });
                add(out, s,
                        request.op() + " of W" + request.by() / 16 + " gets no answer in time; it is still on its WAY",
                        true, n -> {
                            n.losses++;
                            n.requests.set(at, new Request(request.op(), LATE));
                            mail(n, request, unknown);
                        });
            }
        }
    }

    /** Of a request whose sender has given up on it. */
    private static final int LATE = 15;

    private Told handled(Situation s, Request request) {
        return switch (request.op()) {
            case CREATE -> Told.EXISTS;
            case OCCUPY -> bounds.holds(Rule.R8_OCCUPY_THE_KEY) || s.created > 0 ? Told.EXISTS : Told.ABSENT;
            default -> Told.CANCELLED;
        };
    }

    private void land(Situation n, int at) {
        var request = n.requests.remove(at);
        boolean creates = request.op() == Op.CREATE
                || request.op() == Op.OCCUPY && bounds.holds(Rule.R8_OCCUPY_THE_KEY);
        // under one key the platform makes it once; under keys of the workers' own, each time
        if (creates && (n.created == 0 || !bounds.holds(Rule.R7_SAME_KEY) && request.op() == Op.CREATE)) {
            n.created++;
            n.runs = true;
            if (n.created > 1) {
                n.wrong = "the external job was created " + n.created + " times";
            }
        } else if (request.op() == Op.DELETE) {
            n.runs = false;
        }
    }

    private static void mail(Situation n, Request request, Told told) {
        int place = request.by() / 16;
        var worker = n.workers[place];
        if (request.by() != LATE && n.by(place) == request.by() && worker.phase == Phase.RUNS && worker.busy) {
            worker.mail = new Mail(request.op(), told);
        }
    }
}
