package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Undecodable;
import dev.outboard.dispatcher.wire.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The log in memory, for one lane at a time: what it holds outlives the ports that are opened on it. */
final class MemoryLog {
    final Map<Integer, List<LogPort.Command>> commands = new TreeMap<>();
    final Map<Integer, List<LogPort.State>> states = new TreeMap<>();
    final Map<Integer, Long> committed = new HashMap<>();
    final List<LogPort.Dead> dead = new ArrayList<>();
    /** What was asked and written, in order. */
    final List<String> trail = new ArrayList<>();
    final List<LogPort.Batch> batches = new ArrayList<>();
    boolean failCommits;
    /** Commits are written, and then nobody is told so. */
    boolean loseReplies;
    /** What follows is hidden by an open transaction. */
    int stableTo = Integer.MAX_VALUE;
    /** How many state records one read brings. */
    int readAtOnce = Integer.MAX_VALUE;

    void command(int partition, byte[] key, byte[] value, Instant at) {
        var log = commands.computeIfAbsent(partition, p -> new ArrayList<>());
        log.add(new LogPort.Command(partition, log.size(), at, key, value));
    }

    List<LogPort.State> state(int partition) {
        return states.computeIfAbsent(partition, p -> new ArrayList<>());
    }

    /** The job's last record, or null. */
    Job job(int partition, JobId id) {
        Job last = null;
        try {
            for (var record : state(partition)) {
                if (Keys.kind(record.key()) == Keys.Kind.JOB && JobId.of(record.key()).equals(id)) {
                    last = record.value() == null ? null : JobRecords.read(id, record.value());
                }
            }
        } catch (Undecodable e) {
            throw new AssertionError(e);
        }
        return last;
    }

    Port open() {
        return new Port();
    }

    final class Port implements LogPort {
        private final Map<Integer, Long> resumed = new TreeMap<>();
        private final Map<Integer, Integer> reading = new TreeMap<>();
        private final Set<Integer> gained = new HashSet<>();
        private final Set<Integer> lost = new HashSet<>();
        int woken;
        /** How long the last poll would have waited. */
        Duration waited = Duration.ZERO;
        boolean hidePositions;
        boolean paused;
        /** How many specs were read back. */
        int specs;
        boolean unstable;
        /** What others do right before a restore reads. */
        Runnable meanwhile = () -> {
        };

        void give(int partition) {
            gained.add(partition);
        }

        void take(int partition) {
            gained.remove(partition);
            lost.add(partition);
            resumed.remove(partition);
        }

        @Override
        public String transactionalId() {
            return "tx";
        }

        @Override
        public int generation() {
            return 1;
        }

        @Override
        public Polled poll(Duration wait) {
            waited = wait;
            var read = new ArrayList<Command>();
            resumed.replaceAll((p, position) -> {
                if (paused) {
                    return position;
                }
                var log = commands.getOrDefault(p, List.of());
                read.addAll(log.subList((int) Math.min(position, log.size()), log.size()));
                return (long) log.size();
            });
            var polled = new Polled(Set.copyOf(lost), Set.copyOf(gained), read);
            lost.clear();
            gained.clear();
            return polled;
        }

        @Override
        public void endOpenTransaction(int partition) {
            trail.add("end what is open in " + partition);
        }

        @Override
        public void wake() {
            woken++;
        }

        @Override
        public CompletableFuture<OptionalLong> committed(int partition) {
            trail.add("committed " + partition);
            if (unstable) {
                return CompletableFuture.failedFuture(new LogFailure("an open transaction holds the position"));
            }
            if (hidePositions) {
                return new CompletableFuture<>();
            }
            var offset = committed.get(partition);
            return CompletableFuture.completedFuture(offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
        }

        @Override
        public CompletableFuture<Long> bound(int partition, Bound bound) {
            trail.add(bound + " " + partition);
            return CompletableFuture.completedFuture(switch (bound) {
                case STATE_END -> (long) state(partition).size();
                case COMMANDS_END -> (long) commands.getOrDefault(partition, List.of()).size();
                case COMMANDS_START, STATE_START -> 0L;
            });
        }

        @Override
        public void startReading(int partition, long from) {
            reading.put(partition, (int) from);
        }

        @Override
        public StatesRead readStates(Duration wait) {
            meanwhile.run();
            var read = new ArrayList<State>();
            var positions = new HashMap<Integer, Long>();
            reading.replaceAll((p, from) -> {
                int to = (int) Math.min(Math.min(state(p).size(), stableTo), (long) from + readAtOnce);
                read.addAll(state(p).subList(from, to));
                positions.put(p, (long) to);
                return to;
            });
            return new StatesRead(read, positions);
        }

        @Override
        public void stopReading(int partition) {
            reading.remove(partition);
        }

        @Override
        public void resume(int partition, long position) {
            trail.add("resume " + partition + " at " + position);
            resumed.put(partition, position);
        }

        @Override
        public void pause(boolean commands) {
            paused = commands;
        }

        @Override
        public List<Long> commit(Batch batch) {
            if (failCommits) {
                throw new LogFailure("commit: no answer");
            }
            trail.add("commit");
            batches.add(batch);
            var offsets = new ArrayList<Long>();
            for (var write : batch.writes()) {
                var log = state(write.partition());
                offsets.add((long) log.size());
                log.add(new State(write.partition(), log.size(), write.key(), write.value()));
            }
            dead.addAll(batch.dead());
            committed.putAll(batch.positions());
            if (loseReplies) {
                throw new LogFailure("commit: no answer, though it was written");
            }
            return offsets;
        }

        @Override
        public Bytes spec(int partition, long offset, JobId id, long incarnation) {
            specs++;
            try {
                var record = state(partition).get((int) offset);
                return SpecRecords.read(record.value()).spec();
            } catch (Undecodable e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {}
    }

    /** The last watermark of a partition. */
    Watermark watermark(int partition) throws Undecodable {
        var log = state(partition);
        return Watermark.read(log.get(log.size() - 1).value());
    }
}
