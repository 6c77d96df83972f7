package dev.outboard.dispatcher.explore;

import dev.outboard.dispatcher.explore.RealFold.Told;
import dev.outboard.dispatcher.job.Demand.Op;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything at one moment: log, group, coordinator, platform, two workers. Small, and cheap to copy. */
final class Situation {
    enum Phase {
        IDLE, ASSIGNED, KNOWS_ONE, RESTORES, RUNS
    }

    enum Status {
        OPEN, COMMIT, ABORT
    }

    /** A record of the state log with its watermark, by a transaction. */
    record Entry(int job, int position, int by, Status status) {}

    /** A transaction until both its markers have landed; {@code position} is -1 until one is sent. */
    record Txn(int by, Status status, int position, boolean stateMarked, boolean positionMarked) {
        Txn with(Status next) {
            return new Txn(by, next, position, stateMarked, positionMarked);
        }

        boolean over() {
            return status != Status.OPEN && stateMarked && (positionMarked || position < 0);
        }
    }

    /** A request on its way to the platform. */
    record Request(Op op, int by) {}

    /** An answer that the worker has not folded yet. */
    record Mail(Op op, Told told) {}

    /** What a transaction under way will make of the row, once it is committed. */
    record Next(int job, int position, Op wants, int epoch, boolean carries, boolean appended, boolean sent) {}

    static final class Worker implements Cloneable {
        Phase phase = Phase.IDLE;
        /** Which process or lane in this place. */
        int life;
        int epoch;
        int committed = -1;
        int end = -1;
        int position;
        int row = RealFold.NONE;
        boolean busy;
        /** The job has ended, and is remembered. */
        boolean ended;
        /** It has dropped its row while its transaction was open. */
        boolean lost;
        @Nullable
        Op wants;
        @Nullable
        Mail mail;
        @Nullable
        Next next;

        Worker copy() {
            try {
                return (Worker) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }

        long hash(long hash) {
            hash = mix(hash, phase.ordinal() | life << 4 | epoch << 8 | (long) (committed + 1) << 16
                    | (long) (end + 1) << 24 | (long) position << 32 | (long) (row + 1) << 40 | (busy ? 1L << 52 : 0)
                    | (lost ? 1L << 53 : 0) | (ended ? 1L << 54 : 0));
            hash = mix(hash, (wants == null ? 0 : wants.ordinal() + 1)
                    | (mail == null ? 0 : (mail.op.ordinal() + 1) << 8 | mail.told.ordinal() << 16));
            return next == null
                    ? mix(hash, 7)
                    : mix(hash, next.job + 1 | next.position << 8 | next.wants.ordinal() << 16 | next.epoch << 20
                            | (next.carries ? 1 << 28 : 0) | (next.appended ? 1 << 29 : 0)
                            | (next.sent ? 1 << 30 : 0));
        }
    }

    final Worker[] workers = {new Worker(), new Worker()};
    List<Entry> log = new ArrayList<>();
    List<Txn> txns = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    int committed;
    int epoch;
    int owner = -1;
    int crashes;
    int expels;
    int losses;
    /** Effective creates, and whether what they made runs. */
    int created;
    boolean runs;
    @Nullable
    String wrong;

    Situation copy() {
        var copy = new Situation();
        copy.workers[0] = workers[0].copy();
        copy.workers[1] = workers[1].copy();
        copy.log = new ArrayList<>(log);
        copy.txns = new ArrayList<>(txns);
        copy.requests = new ArrayList<>(requests);
        copy.committed = committed;
        copy.epoch = epoch;
        copy.owner = owner;
        copy.crashes = crashes;
        copy.expels = expels;
        copy.losses = losses;
        copy.created = created;
        copy.runs = runs;
        return copy;
    }

    int highWatermark() {
        return log.size();
    }

    int lastStable() {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).status == Status.OPEN) {
                return i;
            }
        }
        return log.size();
    }

    boolean positionPending() {
        return txns.stream().anyMatch(t -> t.position >= 0 && !t.positionMarked);
    }

    /** The last committed record before this offset, or null. */
    @Nullable
    Entry last(int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (log.get(i).status == Status.COMMIT) {
                return log.get(i);
            }
        }
        return null;
    }

    /** Which transactional id: of a place and its life. */
    int by(int place) {
        return place * 16 + workers[place].life;
    }

    int txn(int by) {
        for (int i = 0; i < txns.size(); i++) {
            if (txns.get(i).by == by) {
                return i;
            }
        }
        return -1;
    }

    /** 64 bits; two seeds make 128, so that no two situations are taken for one. */
    long hash(long seed) {
        long hash = mix(seed, committed | epoch << 8 | (owner + 1) << 16 | crashes << 20 | expels << 24
                | (long) losses << 28 | (long) created << 32 | (runs ? 1L << 40 : 0));
        for (var entry : log) {
            hash = mix(hash, entry.job + 1 | entry.position << 8 | entry.by << 16 | entry.status.ordinal() << 28);
        }
        hash = workers[1].hash(workers[0].hash(mix(hash, 3)));
        for (var txn : txns) {
            hash = mix(hash, txn.by | txn.status.ordinal() << 8 | (txn.position + 1) << 12
                    | (txn.stateMarked ? 1 << 20 : 0) | (txn.positionMarked ? 1 << 21 : 0));
        }
        long all = 0;
        for (var request : requests) {
            // in any order
            all += mix(seed + 5, request.op.ordinal() | request.by << 8);
        }
        return mix(hash, all);
    }

    private static long mix(long hash, long value) {
        long z = (hash ^ value) * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
