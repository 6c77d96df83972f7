package dev.outboard.api.decode;

import static dev.outboard.api.decode.Decoding.bad;
import static dev.outboard.api.decode.Decoding.good;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.outboard.dispatcher.wire.Spec;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void secretValuesAreRefusedAndNotRepeated() {
        var refused = bad(
                "{'template': {'type': 't'}, 'connection': {'task_type': 't', 'secrets': {'token': 'hunter2'}}}",
                "/connection/secrets");
        assertFalse(refused.why().contains("hunter2"));
        assertFalse(refused.why().contains("token"));
        assertEquals(Undecodable.Kind.SECRET, refused.kind());
        good("{'template': {'type': 't'}, 'connection': {'task_type': 't', 'configs': {'region': 'eu'}}}");
    }

    @Test
    void tokensThatTemplatesCarryInTheClearAreRefusedToo() {
        for (var name : new String[]{"databricksToken", "databricks_token"}) {
            for (var value : new String[]{"'hunter2'", "17", "{'value': 'hunter2'}", "true"}) {
                var refused = bad("{'template': {'type': 't', 'custom': {'" + name + "': " + value + "}}}",
                        "/template/custom/" + name);
                assertFalse(refused.why().contains("hunter2"));
            }
            for (var value : new String[]{"''", "null"}) {
                good("{'template': {'type': 't', 'custom': {'" + name + "': " + value + "}}}");
            }
        }
        var kwargs = "'custom': {'connection_kwargs': {'password': 'hunter2', 'role': 'r'}}";
        bad("{'template': {'type': 'snowflake', " + kwargs + "}, 'connection': {'secrets': {'a': 'hunter2'}}}",
                "/connection/secrets", "/template/custom/connection_kwargs/password");
        good("{'template': {'type': 't', " + kwargs + "}}");
        good("{'template': {'type': 'snowflake', 'custom': {'connection_kwargs': 'x', 'secrets': {'password': 'N'}}}}");
    }

    @Test
    void aDecodedCreateIsBounded() {
        good("{'template': {'type': 't', 'sql': {'statement': '" + "x".repeat((1 << 20) - 100) + "'}}}");
        var refused = bad("{'template': {'type': 't', 'sql': {'statement': '" + "x".repeat(1 << 20) + "'}}}");
        assertEquals(Undecodable.Kind.TOO_LARGE, refused.kind());
    }

    @Test
    void namesAndLabelsAreBounded() {
        bad("{'template': {'type': 't', 'id': {'project': '" + "p".repeat(256) + "', 'name': '" + "n".repeat(256)
                + "'}}}",
                "/template/id/project", "/template/id/name");
        bad("{'template': {'type': 't'}, 'taskExecutionMetadata': {'labels': {'a': '" + "l".repeat(16 * 1024) + "'}}}",
                "/taskExecutionMetadata/labels");
    }

    @Test
    void whatProtobufCannotReadBackIsRefused() throws Exception {
        for (int levels = 1; levels < 62; levels++) {
            for (var body : new String[]{
                    "{'template': {'type': 't', 'custom': {'x': " + "{'a':".repeat(levels) + "1" + "}".repeat(levels)
                            + "}}}",
                    "{'template': {'type': 't'}, 'inputs': {'x': " + "{'a':".repeat(levels) + "1" + "}".repeat(levels)
                            + "}}",
                    "{'template': {'type': 't'}, 'inputs': {'x': " + "[".repeat(levels) + "1" + "]".repeat(levels)
                            + "}}"}) {
                try {
                    var request = CreateDecoder.decode(Decoding.bytes(body), Unknown.REFUSED).request();
                    assertEquals(request, Spec.unpack(Spec.pack(request)));
                    Spec.fingerprint(request);
                } catch (Undecodable e) {
                    assertEquals(true, levels > 25, () -> body + e.why());
                }
            }
        }
    }

    @Test
    void tooDeepPointsToTheDepth() {
        var refused = bad(
                "{'template': {'type': 't'}, 'inputs': {'x': " + "{'a':".repeat(40) + "{}" + "}".repeat(40) + "}}");
        assertEquals("/inputs/x" + "/a".repeat(40), refused.violations().getFirst().pointer());
    }
}
