package dev.outboard.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import dev.outboard.dispatcher.wire.Spec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes in: a create call that survives the log, or a refusal that points into the document. */
class DecodePropertyTest {
    private static final int RUNS = 20_000;

    @Test
    void randomDocumentsAreTakenOrRefusedWell() throws Exception {
        int taken = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            var text = new RandomJson(new Random(seed)).document();
            taken += check(text.getBytes(StandardCharsets.UTF_8), "seed " + seed) ? 1 : 0;
        }
        int some = taken;
        assertTrue(taken > RUNS / 100 && taken < RUNS / 2,
                () -> some + " of " + RUNS + " were taken: a poor generator");
    }

    @Test
    void brokenBytesAreRefusedWell() throws Exception {
        var example = Files.readAllBytes(Path.of("../examples/bigquery.json"));
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var bytes = example.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            check(random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)),
                    "seed " + seed);
        }
    }

    private static boolean check(byte[] body, String seed) throws Exception {
        try {
            var request = CreateDecoder.decode(body, Unknown.REFUSED).request();
            assertEquals(request, Spec.unpack(Spec.pack(request)), seed);
            Spec.fingerprint(request);
            JsonFormat.printer().print(request);
            return true;
        } catch (Undecodable e) {
            assertFalse(e.why().isEmpty() || e.why().length() > 1000, seed);
            boolean points = e.kind() == Undecodable.Kind.INVALID || e.kind() == Undecodable.Kind.SECRET;
            assertEquals(points, !e.violations().isEmpty(), seed);
            for (var violation : e.violations()) {
                resolves(body, violation, seed);
            }
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(seed + ": " + new String(body, StandardCharsets.UTF_8), e);
        }
    }

    private static void resolves(byte[] body, Violation violation, String seed) throws Exception {
        var root = new ObjectMapper().readTree(body);
        var pointer = JsonPointer.compile(violation.pointer());
        var parent = pointer.head() == null ? pointer : pointer.head();
        assertFalse(root.at(parent).isMissingNode(), () -> seed + ": " + violation + " in " + root);
    }
}
