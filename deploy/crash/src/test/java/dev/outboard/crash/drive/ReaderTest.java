package dev.outboard.crash.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.crash.history.History;
import dev.outboard.crash.platform.Script;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderTest {
    private final Note note = new Note(Script.of(1, 1));
    private final Counts counts = new Counts();
    private final Reader reader = new Reader(new Api(List.of()),
            new Reader.Record(counts, new History(), 1), note, "j");

    private static JsonNode job(long incarnation, long rev, String more) throws IOException {
        return new ObjectMapper().readTree("{\"incarnation\":" + incarnation + ",\"rev\":" + rev + more + "}");
    }

    @Test
    void whatIsLessThanBeforeIsNoted() throws Exception {
        assertNotNull(reader.saw(job(5, 3, ""), "a"));
        reader.saw(job(5, 3, ""), "a");
        reader.saw(job(6, 1, ""), "a");
        assertEquals(0, note.seen().backwards().size());
        reader.saw(job(6, 0, ""), "a");
        reader.saw(job(5, 9, ""), "a");
        assertEquals(2, note.seen().backwards().size());
    }

    @Test
    void whatSaysThatItMayBeOldDoesNotCount() throws Exception {
        reader.saw(job(5, 3, ""), "a");
        assertNull(reader.saw(job(5, 1, ",\"conditions\":[{\"type\":\"NoWorker\"},{\"type\":\"AsOf\"}]"), "a"));
        reader.saw(job(5, 3, ""), "a");
        assertEquals(0, note.seen().backwards().size());
        assertEquals(1, counts.asOf.get());
    }

    @Test
    void twoAcknowledgementsOfOneKeyMustBeOfOneJob() {
        note.acknowledged("j1", 5);
        note.acknowledged("j1", 5);
        assertEquals(0, note.seen().odd().size());
        note.acknowledged("j1", 6);
        assertEquals(1, note.seen().odd().size());
    }
}
