package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.api.decode.RandomJson;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever comes in: the doors stand, and nothing is their fault. */
class DoorPropertyTest {

    @Test
    void randomBodiesNeverBreakADoor() {
        try (var server = new Server("duckdb")) {
            int taken = 0;
            for (int seed = 0; seed < 1500; seed++) {
                var body = new RandomJson(new Random(seed)).document();
                taken += check(server.put("/plugins/v1/duckdb/v0", body), seed) ? 1 : 0;
                check(server.post("/api/v1/jobs", body), seed);
            }
            assertTrue(taken > 20, "too few were taken");
            assertTrue(server.jobs.jobs.keySet()
                    .stream()
                    .map(Object::toString)
                    .limit(200)
                    .allMatch(id -> server
                            .get("/plugins/v1/duckdb/v0?resource_id=" + id)
                            .text("/job_spec/template/type")
                            .equals("duckdb")));
        }
    }

    private static boolean check(Server.Reply reply, int seed) {
        assertTrue(Set.of(200, 201, 400, 404).contains(reply.status()), () -> "seed " + seed + ": " + reply.json());
        if (reply.status() < 400) {
            return true;
        }
        assertEquals("application/problem+json", reply.header("Content-Type"));
        assertFalse(reply.text("/detail").isEmpty(), () -> "seed " + seed);
        return false;
    }
}
