package dev.outboard.api.decode;

import static dev.outboard.api.decode.Decoding.bad;
import static dev.outboard.api.decode.Decoding.good;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeTest {

    private static String template(String members) {
        return "{'template': {'type': 'duckdb', " + members + "}}";
    }

    @Test
    void bothSpellingsAreTheSame() {
        assertEquals(good("{'template': {'type': 't', 'task_type_version': 3}, 'output_prefix': 's3://a'}"),
                good("{'template': {'type': 't', 'taskTypeVersion': '3'}, 'outputPrefix': 's3://a'}"));
    }

    static List<Arguments> misfits() {
        return List.of(
                Arguments.of("'sql': {'statement': 42}", "/template/sql/statement"),
                Arguments.of("'sql': {'statement': true}", "/template/sql/statement"),
                Arguments.of("'sql': 'select 1'", "/template/sql"),
                Arguments.of("'sql': [1]", "/template/sql"),
                Arguments.of("'sql': {'dialect': 'FOO'}", "/template/sql/dialect"),
                Arguments.of("'sql': {'dialect': 1.5}", "/template/sql/dialect"),
                Arguments.of("'task_type_version': 1.5", "/template/task_type_version"),
                Arguments.of("'task_type_version': 2147483648", "/template/task_type_version"),
                Arguments.of("'taskTypeVersion': 'one'", "/template/taskTypeVersion"),
                Arguments.of("'task_type_version': -1", "/template/task_type_version"),
                Arguments.of("'task_type_version': 1e1000000000", "/template/task_type_version"),
                Arguments.of("'metadata': {'retries': {'retries': -1}}", "/template/metadata/retries/retries"),
                Arguments.of("'metadata': {'timeout': 3600}", "/template/metadata/timeout"),
                Arguments.of("'metadata': {'timeout': 'PT1H'}", "/template/metadata/timeout"),
                Arguments.of("'metadata': {'timeout': '-1s'}", "/template/metadata/timeout"),
                Arguments.of("'metadata': {'discoverable': 'true'}", "/template/metadata/discoverable"),
                Arguments.of("'metadata': {'generates_deck': 1}", "/template/metadata/generates_deck"),
                Arguments.of("'custom': []", "/template/custom"),
                Arguments.of("'custom': {'a': {'b': 1e400}}", "/template/custom/a/b"),
                Arguments.of("'container': {'args': 'a'}", "/template/container/args"),
                Arguments.of("'container': {'args': ['a', 1]}", "/template/container/args/1"),
                Arguments.of("'container': {'args': ['a', null]}", "/template/container/args/1"),
                Arguments.of("'container': {'env': [{'key': 'a'}, {'key': 1}]}", "/template/container/env/1/key"),
                Arguments.of("'config': {'a/b~c': 1}", "/template/config/a~1b~0c"),
                Arguments.of("'config': []", "/template/config"),
                Arguments.of("'sqll': {}", "/template/sqll"),
                Arguments.of("'container': {}, 'sql': {}", "/template/sql"),
                Arguments.of("'task_type_version': 0, 'taskTypeVersion': 0", "/template/taskTypeVersion"),
                Arguments.of("'interface': {'inputs': {'variables': {'x': {'type': {'simple': 'INT'}}}}}",
                        "/template/interface/inputs/variables/x/type/simple"),
                Arguments.of(
                        "'interface': {'outputs': {'variables': {'x': {'type': "
                                + "{'structured_dataset_type': {'external_schema_bytes': '@@'}}}}}}",
                        "/template/interface/outputs/variables/x/type/structured_dataset_type/external_schema_bytes"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void pointsToWhatDoesNotFit(String members, String pointer) {
        bad(template(members), pointer);
    }

    @Test
    void collectsSeveral() {
        bad("{'output_prefix': 1, 'template': {'type': 2, 'sql': {'statement': 3}}}", "/output_prefix",
                "/template/type",
                "/template/sql/statement");
    }

    @Test
    void listsNoMoreThanTwenty() {
        var refused = bad(template("'container': {'args': [" + "1,".repeat(99) + "1]}"));
        assertEquals(Findings.MOST, refused.violations().size());
    }

    @Test
    void mustBeAnObject() {
        bad("[]", "");
        bad("1", "");
        bad("null", "");
    }

    @Test
    void nullIsAbsent() {
        good(template("'sql': null, 'metadata': {'timeout': null}"));
        bad("{'template': null}", "/template");
        bad("{'template': {'type': null}}", "/template/type");
        bad("{'template': {}}", "/template/type");
        bad("{'template': {'type': ''}}", "/template/type");
    }

    @Test
    void halfASurrogatePairIsNoText() {
        bad(template("'sql': {'statement': '\\ud800'}"), "/template/sql/statement");
        bad(template("'custom': {'a': ['x', 'x\\ud800y']}"), "/template/custom/a/1");
        assertEquals(Undecodable.Kind.MALFORMED, bad(template("'custom': {'x\\ud800y': 1}")).kind());
        assertEquals("😀",
                good(template("'sql': {'statement': '\\ud83d\\ude00'}")).getTemplate().getSql().getStatement());
    }

    @Test
    void unknownMembersAreIgnoredWhereANewerPropellerMaySendThem() throws Exception {
        var body = Decoding.bytes(
                "{'template': {'type': 't', 'new_thing': [1], 'sql': {'dialect': 'NEW'}}, 'inputs': {'x': {'scalar': "
                        + "{'primitive': {'integer': 1, 'neu': 1}}}}}");
        var request = CreateDecoder.decode(body, Unknown.IGNORED).request();
        assertEquals("t", request.getTemplate().getType());
        assertEquals(1, request.getInputs().getLiteralsOrThrow("x").getScalar().getPrimitive().getInteger());
    }

    @Test
    void valuesAreNeverRepeatedAndNamesAreCut() {
        var refused = bad("{'template': {'type': 't', 'sql': {'dialect': 'hunter2'}, 'task_type_version': 'hunter2'}}");
        assertEquals(2, refused.violations().size());
        assertFalse(refused.toString().contains("hunter2") || refused.violations().toString().contains("hunter2"));
        var longName = bad(template("'custom': {'" + "n".repeat(2000) + "': 1e999}"));
        assertEquals("/template/custom", longName.violations().getFirst().pointer());
        assertTrue(longName.why().length() < 300, longName::why);
    }
}
