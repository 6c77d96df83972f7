package dev.outboard.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void carriesAllMembersInOrder() throws Exception {
        var json = new String(Code.INVALID_REQUEST.says("no").at("/a~1b").next("Do.").with("job_id", "j").json("/x"));
        assertEquals("""
                {"type":"urn:outboard:problem:invalid-request","title":"The request cannot be right","status":400,\
                "detail":"no","instance":"/x","code":"invalid-request","retryable":false,\
                "violations":[{"pointer":"/a~1b","detail":"no"}],"next":"Do.","job_id":"j"}
                """, json);
    }

    @Test
    void thePluginDoorGetsTheRfcsMembersToo() throws Exception {
        var json = mapper.readTree(Code.UNKNOWN_JOB.says("gone").json("/plugins/v1/a/0"));
        assertEquals("unknown-job", json.get("error_code").asText());
        assertEquals("gone", json.get("message").asText());
        assertFalse(mapper.readTree(Code.UNKNOWN_JOB.says("gone").json("/api/v1")).has("message"));
    }

    @Test
    void textsAreBoundedBetweenWholeCharacters() throws Exception {
        var json = mapper.readTree(Code.INTERNAL.says("a" + "😀".repeat(2000)).json("/" + "p".repeat(2000)));
        assertTrue(json.get("detail").asText().length() <= 1001);
        assertTrue(json.get("detail").asText().endsWith("😀…"));
        assertFalse(json.has("instance"));
    }

    @Test
    void codesAreDistinctAndComplete() {
        var texts = new HashSet<String>();
        for (var code : Code.values()) {
            assertTrue(texts.add(code.text()));
            assertTrue(code.text().matches("[a-z-]+"));
            assertTrue(code.next().endsWith("."), code.text());
        }
    }

    @Test
    void anyStatusHasACode() {
        assertEquals(Code.BAD_REQUEST, Code.of(400));
        assertEquals(Code.UNKNOWN_PATH, Code.of(404));
        assertEquals(Code.BAD_REQUEST, Code.of(406));
        assertEquals(Code.NOT_READY, Code.of(503));
        assertEquals(Code.INTERNAL, Code.of(505));
    }
}
