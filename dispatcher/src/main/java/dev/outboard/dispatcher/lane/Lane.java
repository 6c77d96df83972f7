package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Demands;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Mailbox.Mail;
import dev.outboard.dispatcher.log.LogPort;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One task type in one worker process: the single writer of the partitions it owns. Everything happens in {@link #turn},
 * on one thread; rows may be changed before their commit, because after a failed one the whole lane is dropped (R9).
 */
public final class Lane {
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration BUSY = Duration.ofMillis(4);
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());
    private static final int MAX_RESULTS = 2000;
    private static final int MAX_DUE = 2000;

    private final String taskType;
    private final LogPort log;
    private final Effects effects;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final LaneMeters meters;
    private final Lifecycle lifecycle;
    private final Demands demands;
    private final CommandFold commandFold;
    private final Expiry expiry;
    private final Mailbox mailbox = new Mailbox();
    private final Timers timers = new Timers();
    private final Slots slots;
    private final Load load;
    private final Map<Integer, Shard> shards = new HashMap<>();
    private final Restores restores;
    private final Caller caller;
    private Instant woke = Instant.EPOCH;

    /** @param maxLive how many jobs of common size may live here before no more commands are taken for a while */
    public Lane(ServedType type, String installation, LogPort log, Effects effects, InstantSource clock,
            RandomGenerator random, long maxLive, LaneMeters meters) {
        taskType = type.taskType();
        this.log = log;
        this.effects = effects;
        this.clock = clock;
        this.random = random;
        this.meters = meters;
        lifecycle = new Lifecycle(type.policy());
        demands = new Demands(type.policy());
        commandFold = new CommandFold(type.taskType(), lifecycle);
        expiry = new Expiry(type.policy().window());
        slots = new Slots(type.maxJobs());
        load = new Load(taskType, maxLive, log, meters);
        restores = new Restores(type.taskType(), log);
        caller = new Caller(installation, log, effects, clock, random, slots, timers, mailbox, meters);
    }

    /** True while this lane has the first partition: one lane of a task type has, at most. */
    boolean first() {
        return shards.containsKey(0);
    }

    /** How many partitions are restored and folding. */
    int ready() {
        return shards.size();
    }

    /** How many partitions are being restored. */
    int restoring() {
        return restores.size();
    }

    /** How many live jobs this lane holds. */
    int live() {
        return shards.values().stream().mapToInt(s -> s.rows.size()).sum();
    }

    /** {@code poll → fold → one transaction → effects}. Throws LogFailure or Stopped; the lane is then of no more use. */
    public void turn() {
        load.pace(clock.instant(), live());
        var polled = log.poll(patience());
        var now = clock.instant();
        // R7: what is no longer ours goes before anything is folded
        polled.lost().forEach(this::drop);
        boolean slept = caller.slept(now);
        if (!slept) {
            caller.turned(now);
        }
        polled.gained().forEach(p -> restores.begin(p, now));
        var turn = new Turn();
        if (slept) {
            // R7: what it holds may be another's and it not know it yet; then this turn's transaction is refused
            woke = now;
            shards.values().forEach(turn::touch);
        }
        restores.advance(now).forEach(restore -> restored(turn, restore, now));
        polled.commands().forEach(command -> fold(turn, command, now));
        if (turn.isChecking()) {
            effects.awaitChecks(taskType);
        }
        mailbox.take(MAX_RESULTS).forEach(mail -> fold(turn, mail, now));
        var due = timers.due(now, MAX_DUE);
        due.forEach(row -> tick(turn, row, now));
        admit(turn, now);
        expiry.sweep(shards.values(), turn, now);
        turn.coverCreates(due, now);

        if (!turn.nothingToWrite()) {
            var batch = turn.batch(log.generation(), log.transactionalId());
            var began = clock.instant();
            turn.committed(log.commit(batch));
            meters.committed(turn.tally(), Duration.between(began, clock.instant()));
        }
        if (slept) {
            caller.turned(now);
        }
        // only now, with the record durable, may anything reach the world
        turn.wanted(due).forEach(row -> caller.settle(row, turn.demand(row), now));
        meters.holds(ready(), restoring(), live());
        meters.turned(Duration.between(now, clock.instant()));
    }

    /** No call of it may begin any more: its partitions are about to be another's. Any outcome that comes is dropped. */
    public void end() {
        shards.values().forEach(Shard::drop);
    }

    private Duration patience() {
        if (!mailbox.isEmpty() || slots.canAdmit()) {
            return Duration.ZERO;
        }
        if (restores.size() > 0) {
            return BUSY;
        }
        return timers.patience(clock.instant(), IDLE);
    }

    private void drop(int partition) {
        restores.drop(partition);
        var shard = shards.remove(partition);
        if (shard != null) {
            shard.drop();
            shard.rows.values().forEach(row -> {
                slots.count(row.job.state().mayExist(), false);
                load.remove(row.job);
            });
        }
    }

    private void restored(Turn turn, Restore restore, Instant now) {
        var shard = restore.shard();
        shards.put(shard.partition, shard);
        log.resume(shard.partition, shard.position);
        meters.restored(restore.took(now));
        if (restore.beganBy(woke)) {
            turn.touch(shard);
        }
        var rows = restore.rows();
        rows.forEach(row -> {
            slots.count(false, row.job.state().mayExist());
            load.add(row.job);
            var was = row.job;
            row.job = lifecycle.fold(was, new Input.Restored(), now);
            if (row.job != was) {
                turn.write(shard, row.job);
            }
            turn.settle(row, takenOver(was, row.job, now));
        });
    }

    /** Everything is wanted again; polls alone are spread over a second, so that a takeover does not flood a platform. */
    private Demand takenOver(Job was, Job job, Instant now) {
        var demand = demands.after(was, job, new Input.Restored(), now);
        return demand.op() == Demand.Op.POLL ? new Demand(demand.op(), now.plusMillis(random.nextInt(1000))) : demand;
    }

    private void fold(Turn turn, LogPort.Command command, Instant now) {
        var shard = shards.get(command.partition());
        // a record that came before, read again after a rebalance, is no news
        if (shard == null || command.offset() < shard.position) {
            return;
        }
        shard.position = command.offset() + 1;
        turn.touch(shard);
        var folded = commandFold.fold(turn, shard, command, now);
        if (folded != null) {
            if (folded.cause() instanceof Input.Create) {
                load.add(folded.row().job);
            }
            slots.count(folded.was().state().mayExist(), folded.row().job.state().mayExist());
            wants(turn, folded.row(), folded.was(), folded.cause(), now);
        }
    }

    private void fold(Turn turn, Mail mail, Instant now) {
        var row = mail.row();
        if (!row.shard.live()) {
            return;
        }
        row.busy = false;
        if (row.current()) {
            var was = row.job;
            fold(turn, row, mail.result(), now);
            answered(row, was, mail.result(), now);
        }
    }

    /** How old the platform's last word was when another was found bounds how long its change went unseen. */
    private void answered(Row row, Job was, Input.Result result, Instant now) {
        boolean changed = was.state() != row.job.state() || was.attempt().queued() != row.job.attempt().queued();
        if (result.op() == Demand.Op.POLL && changed && row.knownAt != null) {
            meters.pollAge(Duration.between(row.knownAt, now));
        }
        if (result.outcome() instanceof Outcome.Running || result.outcome() instanceof Outcome.Exists) {
            row.knownAt = row.calledAt;
        }
    }

    /** Folds an input into a row; what it then wants is done after the commit. */
    private void fold(Turn turn, Row row, Input input, Instant now) {
        var was = row.job;
        row.job = lifecycle.fold(was, input, now);
        if (row.job != was) {
            note(was, row.job);
            turn.write(row.shard, row.job);
            slots.count(was.state().mayExist(), row.job.state().mayExist());
        }
        wants(turn, row, was, input, now);
    }

    private static void note(Job was, Job is) {
        if (was.state() != is.state()) {
            LOG.log(is.state().terminal() ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
                    "job {0}: {1} (attempt {2}){3}", is.id(), is.state(), is.attempt().number(),
                    is.error() == null ? "" : " " + is.error().code());
        }
    }

    /** What the row wants after a fold; it gets it after the commit, but for a slot, which is given in this very turn. */
    private void wants(Turn turn, Row row, Job was, Input cause, Instant now) {
        var expires = row.job.times().expiresAt();
        if (expires != null) {
            row.shard.rows.remove(row.job.id());
            load.remove(row.job);
            row.shard.finished.put(row.job, expires);
            return;
        }
        var demand = demands.after(was, row.job, cause, now);
        if (demand.op() == Demand.Op.CHECK && !row.busy && !demand.due().isAfter(now)) {
            // it reaches nothing outside, so it need not wait for the commit
            row.demand = demand;
            caller.start(row);
            turn.checking();
        } else if (demand.op() != Demand.Op.SLOT || demand.due().isAfter(now)) {
            turn.settle(row, demand);
        } else if (!row.busy && !(cause instanceof Input.HoldBack)) {
            // what was to be asked at some time was about an attempt that is over
            row.timer = null;
            slots.offer(row);
        }
    }

    private void tick(Turn turn, Row row, Instant now) {
        var was = row.job;
        var next = lifecycle.fold(was, new Input.Tick(), now);
        if (next != was) {
            fold(turn, row, new Input.Tick(), now);
        }
    }

    private void admit(Turn turn, Instant now) {
        for (var row = slots.admit(); row != null; row = slots.admit()) {
            fold(turn, row, new Input.Admit(), now);
        }
        for (var row : slots.heldBack()) {
            row.spec = null;
            fold(turn, row, new Input.HoldBack(slots.busy()), now);
        }
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
