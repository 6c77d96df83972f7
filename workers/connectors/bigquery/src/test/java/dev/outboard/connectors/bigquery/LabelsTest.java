package dev.outboard.connectors.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateResult;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private static Map<String, String> of(Map<String, String> labels) {
        return Labels.of(Requests.with(Requests.request(Requests.key(0), "SELECT 1"), labels),
                Requests.fingerprint('f'));
    }

    @Test
    void theCallersAreBentToBigQuerysRules() {
        var labels = of(Map.of("Team.Name", "Data Science!", "9lives", "x", "-dash", "y", "ok_key-1", "ok-value_1", "",
                "lost", "long", "v".repeat(70), "k".repeat(70), "w", "umlaut", "Ü"));
        assertEquals("data_science_", labels.get("team_name"));
        assertEquals("x", labels.get("l_9lives"));
        assertEquals("y", labels.get("l_-dash"));
        assertEquals("ok-value_1", labels.get("ok_key-1"));
        assertEquals("v".repeat(63), labels.get("long"));
        assertEquals("w", labels.get("k".repeat(63)));
        assertEquals("_", labels.get("umlaut"));
        assertTrue(!labels.containsValue("lost"));
    }

    @Test
    void oursAreThereWhateverTheCallersAre() throws Exception {
        var many = new HashMap<String, String>();
        for (int i = 0; i < 100; i++) {
            many.put("a" + i, "x");
        }
        many.put("outboard-key", "mine");
        var labels = of(many);
        assertEquals(64, labels.size());
        assertEquals(Requests.key(0), labels.get(Labels.KEY));
        assertEquals(Requests.fingerprint('f'), labels.get(Labels.FINGERPRINT));
        assertEquals(Requests.TYPE, labels.get(Labels.TASK_TYPE));
        // the simulator refuses what BigQuery would
        try (var bench = new Bench()) {
            many.put("Über.Label/ß", "Ä".repeat(70));
            var request = Requests.with(Requests.request(Requests.key(0), "SELECT 1"), many);
            assertInstanceOf(CreateResult.Created.class, bench.connector.create(request));
        }
    }

    @Test
    void anInstallationKeepsItsCase() {
        assertNotEquals(Labels.installation("aB"), Labels.installation("Ab"));
        assertEquals(Labels.installation("aB"), Labels.installation("aB"));
        assertTrue(Labels.installation("any, even with spaces").matches("[a-z0-9]{50}"));
    }
}
