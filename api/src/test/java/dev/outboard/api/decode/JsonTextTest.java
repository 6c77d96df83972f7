package dev.outboard.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static String refused(byte[] body) {
        var refused = assertThrows(Undecodable.class, () -> JsonText.read(body));
        assertEquals(Undecodable.Kind.MALFORMED, refused.kind());
        return refused.why();
    }

    private static String refused(String body) {
        return refused(Decoding.bytes(body));
    }

    @Test
    void tellsWhereTheTextBreaksOff() {
        assertEquals("the text breaks off at line 2, column 6", refused("{'a':\n[1, 2"));
        assertEquals("the text breaks off at line 1, column 4", refused("{'a"));
    }

    @Test
    void tellsWhereTheTextIsNotJson() {
        assertEquals("the text is not JSON near line 2, column 13", refused("{'a': 1,\n 'b': secret}"));
        assertEquals("the text goes on after its end, at line 1, column 5", refused("{} {}"));
    }

    @Test
    void refusesAnEmptyBody() {
        assertEquals("the body is empty", refused(""));
        assertEquals("the body is empty", refused(" \n"));
    }

    @Test
    void refusesTheSameMemberTwice() {
        assertEquals("an object has the same member twice, seen at line 1, column 22",
                refused("{'b': {'a': 1, 'a': 2}}"));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        var body = "{\"a\":\n \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("the text is not UTF-8 from line 2, column 3 on", refused(body));
        assertEquals("the text is not UTF-8 from line 1, column 1 on",
                refused(new byte[]{(byte) 0xff, (byte) 0xfe, '{', 0}));
    }

    @Test
    void boundsNesting() throws Exception {
        JsonText.read(Decoding.bytes("[".repeat(64) + "]".repeat(64)));
        var tooDeep = refused("[".repeat(65) + "]".repeat(65));
        assertEquals("the text goes beyond a limit at line 1, column 66",
                tooDeep.substring(0, tooDeep.indexOf(':')));
        refused("[".repeat(1_000_000));
    }

    @Test
    void boundsNamesAndNumbers() {
        refused("{'" + "a".repeat(3000) + "': 1}");
        refused("[" + "1".repeat(2000) + "]");
        refused("[1e99999999999999]");
    }

    @Test
    void keepsAWholeNumberWithAPointWhole() throws Exception {
        assertEquals("9007199254740993",
                JsonText.read(Decoding.bytes("9007199254740993.0")).decimalValue().toBigInteger().toString());
    }
}
