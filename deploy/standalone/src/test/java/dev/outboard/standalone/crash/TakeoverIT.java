package dev.outboard.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long jobs are without a worker when theirs is killed, and when it is stopped as one stops a worker. */
class TakeoverIT {
    private static final int KILLS = 3;
    private static final int JOBS = 40;
    private static final int HELD = 16;
    /** By default settings: a session of 6 s, a heartbeat of 1 s by which the successor learns, and its restore. */
    private static final long TAKEN_OVER = 10_000;
    /** A heartbeat of 1 s and a restore: 2 s, and as much again for a machine that has other things to do. */
    private static final long HANDED_OVER = 4_000;

    @Test
    void aWorkersPartitionsAndJobsAreTakenOver(@TempDir Path dir) throws Exception {
        try (var pool = new Pool(dir)) {
            var elder = pool.worker();
            killed(pool, handedOver(pool, elder));
            pool.eachCreatedOnce(HELD + JOBS * (1 + KILLS));
        }
    }

    /** Stops a worker with calls under way, whose effects are there and whose replies are not; gives its successor. */
    private static Role handedOver(Pool pool, Role elder) throws Exception {
        Pool.whole(elder, 0);
        pool.jobs(HELD, "hold-create");
        pool.jobs(JOBS, "run");
        pool.come(JOBS, "RUNNING");
        var successor = pool.second();
        assertTrue(pool.api.count("ledger", "SUBMITTING") > 0, "no call is under way");
        long began = System.nanoTime();
        elder.signal("TERM");
        long restored = Pool.whole(successor, began);
        pool.come(HELD + JOBS, "RUNNING");
        System.out.printf("takeover after a planned stop: restored within %d ms, calls made again within %d ms; %s%n",
                restored, Pool.since(began), Pool.load());
        pool.platform.finish();
        pool.come(HELD + JOBS, "SUCCEEDED");
        assertTrue(restored <= HANDED_OVER, restored + " ms");
        elder.kill();
        return successor;
    }

    private static void killed(Pool pool, Role first) throws Exception {
        var elder = first;
        var restored = new ArrayList<Long>();
        var seen = new ArrayList<Long>();
        for (int i = 1; i <= KILLS; i++) {
            var survivor = pool.second();
            pool.jobs(JOBS, "run");
            pool.come(JOBS, "RUNNING");
            long began = System.nanoTime();
            elder.kill();
            pool.platform.finish();
            restored.add(Pool.whole(survivor, began));
            pool.come(HELD + JOBS * (1 + i), "SUCCEEDED");
            seen.add(Pool.since(began));
            elder = survivor;
        }
        System.out.printf("takeover after kill -9: restored within %s ms, every end seen within %s ms; %s%n",
                inOrder(restored), inOrder(seen), Pool.load());
        assertTrue(Collections.max(seen) <= TAKEN_OVER, "ends were seen after " + seen + " ms");
    }

    private static List<Long> inOrder(List<Long> times) {
        return times.stream().sorted().toList();
    }
}
