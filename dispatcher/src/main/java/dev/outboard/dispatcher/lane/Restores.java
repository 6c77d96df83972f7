package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.log.LogPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The partitions that are being read back, all of them side by side, while the others go on. */
final class Restores {
    private static final Duration WAIT = Duration.ofMillis(4);

    private static final System.Logger LOG = System.getLogger(Restores.class.getName());

    private final String taskType;
    private final LogPort log;
    private final Map<Integer, Restore> restores = new HashMap<>();

    Restores(String taskType, LogPort log) {
        this.taskType = taskType;
        this.log = log;
    }

    int size() {
        return restores.size();
    }

    void begin(int partition, Instant now) {
        restores.put(partition, new Restore(log, new Shard(partition), now));
    }

    void drop(int partition) {
        if (restores.remove(partition) != null) {
            log.stopReading(partition);
        }
    }

    /** Reads on for a moment; gives the restores that are done with it. */
    List<Restore> advance(Instant now) {
        boolean reading = false;
        for (var restore : restores.values()) {
            reading |= restore.reading(now);
        }
        var done = new ArrayList<Restore>();
        if (!reading) {
            return done;
        }
        var read = log.readStates(WAIT);
        read.states().forEach(state -> {
            var restore = restores.get(state.partition());
            if (restore != null) {
                restore.apply(state);
            }
        });
        read.positions().forEach((partition, position) -> {
            var restore = restores.get(partition);
            if (restore != null && restore.done(position, now)) {
                drop(partition);
                done.add(restore);
            }
        });
        tell(done);
        return done;
    }

    /** One line for all: there may be many at a time. */
    private void tell(List<Restore> done) {
        if (!done.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "{0}: partitions {1} are restored, with {2} live jobs", taskType,
                    done.stream().map(restore -> restore.shard().partition).sorted().toList(),
                    done.stream().mapToInt(restore -> restore.rows().size()).sum());
        }
    }
}
