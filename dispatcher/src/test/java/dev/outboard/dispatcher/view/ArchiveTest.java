package dev.outboard.dispatcher.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ArchiveTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Lifecycle LIFECYCLE = new Lifecycle(
            new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), Duration.ofDays(7)));
    private static final int MANY = 200_000;
    private static final int MOST_BYTES = 110;

    private final Archive archive = new Archive();

    @Test
    void isWhatAMapWouldBe() {
        var random = new Random(1);
        var map = new HashMap<JobId, Long>();
        for (int i = 0; i < 20_000; i++) {
            // few places, so that lines are pushed on and gaps closed
            var id = new JobId(random.nextInt(3), random.nextInt(500));
            if (random.nextInt(3) == 0) {
                archive.remove(id);
                map.remove(id);
            } else {
                archive.put(ended(id, i, "", Map.of(), NOW), i);
                map.put(id, (long) i);
            }
            assertEquals(map.size(), archive.size());
        }
        for (int high = 0; high < 3; high++) {
            for (int low = 0; low < 500; low++) {
                var line = archive.get(new JobId(high, low));
                assertEquals(map.get(new JobId(high, low)), line == null ? null : line.offset());
            }
        }
    }

    @Test
    void aLineSaysWhatTheJobSaid() {
        var job = ended(new JobId(1, 2), 7, "n", Map.of("a", "b"), NOW);
        archive.put(job, 9);
        assertEquals(new Known.Line(job.id(), 9, 7, State.FAILED, job.times().expiresAt(), false),
                archive.get(job.id()));
    }

    @Test
    void theFirstThatAFilterMayShowAreSelected() {
        for (int i = 0; i < 20; i++) {
            archive.put(ended(new JobId(0, i), i, i % 2 == 0 ? "even" : "odd", Map.of("mod", "" + i % 5),
                    NOW.plusMillis(i / 4)), i);
        }
        assertEquals(List.of(16L, 17L, 18L), selected(JobFilter.all(), null, 3));
        assertEquals(List.of(19L, 12L, 13L),
                selected(JobFilter.all(), new Cursor(NOW.plusMillis(4), new JobId(0, 18)), 3));
        assertEquals(List.of(), selected(new JobFilter(Set.of(State.SUCCEEDED), Set.of(), null, null, null, Map.of()),
                null, 3));
        var filter = new JobFilter(Set.of(State.FAILED), Set.of(), "p", "d", "even", Map.of("mod", "1"));
        assertTrue(selected(filter, null, 20).containsAll(List.of(16L, 6L)), "whoever meets it is among them");
        assertTrue(selected(filter, null, 20).size() < 6, "and hardly anybody else");
    }

    @Test
    void anEndedJobTakesAHundredBytesAtMost() {
        var memory = new Memory(new ViewLimits(1, 1, 1));
        var view = new PartitionView("fake", 0, new Listing(), new Watches(), memory);
        long before = used();
        fill(view, memory);
        int archived = view.archived();
        long after = used();
        assertEquals(MANY, archived);
        double each = (after - before) / (double) MANY;
        assertTrue(each < MOST_BYTES, each + " bytes a job");
        assertTrue(view.get(new JobId(1, 1)) instanceof Known.Line);
    }

    /** What {@link Memory} takes a job for is not less than it takes. */
    @Test
    void aJobThatIsKeptWholeTakesWhatItIsTakenFor() {
        var memory = new Memory(new ViewLimits(1, Long.MAX_VALUE, Long.MAX_VALUE));
        var view = new PartitionView("fake", 0, new Listing(), new Watches(), memory);
        long before = used();
        fill(view, memory);
        long taken = used() - before;
        assertEquals(0, view.archived());
        assertTrue(taken < memory.endedBytes(), taken / MANY + " bytes a job, taken for " + memory.endedBytes() / MANY);
        assertTrue(taken > memory.endedBytes() / 3, taken / MANY + " bytes a job, taken for "
                + memory.endedBytes() / MANY);
    }

    private static void fill(PartitionView view, Memory memory) {
        var random = new Random(1);
        for (int i = 0; i < MANY; i++) {
            var id = new JobId(random.nextLong(), random.nextLong());
            var job = i == 0 ? new JobId(1, 1) : id;
            view.state(new ConsumerRecord<>("t", 0, i, NOW.toEpochMilli(), TimestampType.LOG_APPEND_TIME, 0, 0,
                    Keys.job(job), JobRecords.write(ended(job, i, "pricing_summary", Map.of("team", "a"), NOW)),
                    new RecordHeaders(), Optional.empty()));
            memory.trim();
        }
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        // the collector may need to be asked twice
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private List<Long> selected(JobFilter filter, Cursor after, int limit) {
        var best = new PriorityQueue<Cursor>(Comparator.reverseOrder());
        archive.select(filter, after, limit, best);
        return best.stream().sorted().map(place -> place.id().low()).toList();
    }

    private static Job ended(JobId id, long incarnation, String name, Map<String, String> labels, Instant at) {
        var accepted = new Accepted("fake", 0, new Tenant("p", "d"), name, labels, Bytes.of(new byte[32]), 1, null, at);
        return LIFECYCLE.begin(new Input.Create(id, accepted, incarnation, JobError.user("B", "b")));
    }
}
