package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Demands;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.log.LogPort;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * One task type in one worker process: the single writer of the partitions it owns. Everything happens in {@link #turn},
 * on one thread; rows may be changed before their commit, because after a failed one the whole lane is dropped (R9).
 */
public final class Lane {
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration BUSY = Duration.ofMillis(4);
    private static final int MAX_RESULTS = 2000;
    private static final int MAX_DUE = 2000;

    private final String taskType;
    private final LogPort log;
    private final Effects effects;
    private final InstantSource clock;
    private final LaneMeters meters;
    private final RowFold rowFold;
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
        this.meters = meters;
        var lifecycle = new Lifecycle(type.policy());
        commandFold = new CommandFold(type.taskType(), lifecycle);
        expiry = new Expiry(type.policy().window());
        slots = new Slots(type.maxJobs());
        load = new Load(taskType, maxLive, log, meters);
        restores = new Restores(type.taskType(), log);
        caller = new Caller(installation, log, effects, clock, random, slots, timers, mailbox, meters);
        rowFold = new RowFold(lifecycle, new Demands(type.policy()), caller, slots, load, random, meters);
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

    /** Whether a live job that this lane holds is such. */
    boolean any(Predicate<Job> such) {
        return shards.values()
                .stream()
                .anyMatch(shard -> shard.rows.values().stream().anyMatch(row -> such.test(row.job)));
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
        mailbox.take(MAX_RESULTS).forEach(mail -> rowFold.answered(turn, mail, now));
        var due = timers.due(now, MAX_DUE);
        due.forEach(row -> rowFold.tick(turn, row, now));
        rowFold.admit(turn, now);
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
        restore.rows().forEach(row -> rowFold.restored(turn, row, now));
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
            rowFold.commanded(turn, folded, now);
        }
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
