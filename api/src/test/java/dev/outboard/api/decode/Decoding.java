package dev.outboard.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.outboard.flyteidl.admin.CreateTaskRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short forms for tests. A single quote in a body stands for a double one. */
final class Decoding {
    private Decoding() {}

    static CreateTaskRequest good(String body) {
        try {
            return CreateDecoder.decode(bytes(body), Unknown.REFUSED).request();
        } catch (Undecodable e) {
            throw new AssertionError(e.why(), e);
        }
    }

    static Undecodable bad(String body) {
        return assertThrows(Undecodable.class, () -> CreateDecoder.decode(bytes(body), Unknown.REFUSED));
    }

    /** Refused with exactly these pointers. */
    static Undecodable bad(String body, String... pointers) {
        var refused = bad(body);
        assertEquals(List.of(pointers), refused.violations().stream().map(Violation::pointer).toList(), refused::why);
        return refused;
    }

    static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
