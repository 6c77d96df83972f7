package dev.outboard.dispatcher.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.JobId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinishedTest {
    /** Few distinct ids, so that entries collide, are removed from the middle of a run, and come back. */
    @Test
    void behavesAsAMap() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var finished = new Finished();
            var map = new HashMap<JobId, Long>();
            for (int i = 0; i < 3000; i++) {
                var id = new JobId(random.nextInt(40), random.nextInt(20) - 10L);
                if (random.nextInt(3) == 0) {
                    finished.remove(id);
                    map.remove(id);
                } else {
                    finished.put(id, i);
                    map.put(id, (long) i);
                }
                assertEquals(map.size(), finished.size(), "seed " + seed);
                assertEquals(map.getOrDefault(id, Long.MIN_VALUE), finished.expiresAt(id), "seed " + seed);
            }
            map.forEach((id, expires) -> assertEquals(expires, finished.expiresAt(id)));
            var due = new HashSet<JobId>();
            map.forEach((id, expires) -> {
                if (expires <= 1500) {
                    due.add(id);
                }
            });
            assertEquals(due, new HashSet<>(finished.expired(1500, Integer.MAX_VALUE)));
            assertTrue(finished.expired(1500, 3).size() <= 3);
        }
    }
}
