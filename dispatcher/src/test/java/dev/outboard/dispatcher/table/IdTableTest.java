package dev.outboard.dispatcher.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.JobId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdTableTest {
    /** Few distinct ids, so that rows collide, are removed from the middle of a run, and come back. */
    @Test
    void isWhatAMapWouldBe() {
        for (int columns = 1; columns <= 5; columns += 2) {
            for (long seed = 0; seed < 20; seed++) {
                walk(new Random(seed), new IdTable(columns), columns);
            }
        }
    }

    private static void walk(Random random, IdTable table, int columns) {
        var map = new HashMap<JobId, List<Long>>();
        for (int i = 0; i < 2000; i++) {
            var id = new JobId(random.nextInt(40), random.nextInt(20) - 10L);
            if (random.nextInt(3) == 0) {
                table.remove(id);
                map.remove(id);
            } else {
                var values = random.longs(columns, -5, 5).toArray();
                table.put(id, values);
                map.put(id, Arrays.stream(values).boxed().toList());
            }
            assertEquals(map.size(), table.size());
        }
        var rows = new HashMap<JobId, List<Long>>();
        for (int row = table.next(-1); row >= 0; row = table.next(row)) {
            rows.put(table.id(row), values(table, row, columns));
        }
        assertEquals(map, rows);
        map.forEach((id, values) -> assertEquals(values, values(table, table.find(id), columns)));
        assertEquals(-1, table.find(new JobId(99, 99)));
    }

    private static List<Long> values(IdTable table, int row, int columns) {
        assertTrue(row >= 0);
        return IntStream.range(0, columns).mapToObj(column -> table.get(row, column)).toList();
    }

    @Test
    void whatIsNotThereIsNotRemoved() {
        var table = new IdTable(1);
        table.remove(new JobId(1, 2));
        table.put(new JobId(1, 3), 7);
        table.remove(new JobId(1, 2));
        assertEquals(1, table.size());
        assertEquals(Map.of(new JobId(1, 3), 7L), Map.of(table.id(table.next(-1)), table.get(table.next(-1), 0)));
    }
}
