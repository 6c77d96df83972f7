package dev.outboard.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlyteKeyTest {
    private static final String EXECUTION = """
            {'task_id': {'project': 'p', 'name': 'n'}, 'retry_attempt': 0,
             'node_execution_id': {'node_id': 'n0', 'execution_id': {'project': 'p', 'domain': 'd', 'name': 'f5'}}}""";

    private static Optional<String> key(String prefix, String execution) {
        return FlyteKey.of(Decoding.good("{'template': {'type': 't'}, 'output_prefix': '" + prefix
                + "', 'task_execution_metadata': {'labels': {'a': 'b'}, 'task_execution_id': " + execution + "}}"));
    }

    @Test
    void isTheSameForTheSameValuesInAnyOrderAndSpelling() {
        var key = key("s3://a", EXECUTION);
        assertTrue(key.orElseThrow().matches("flyte-[0-9a-f]{64}"));
        assertEquals(key, key("s3://a", """
                {'nodeExecutionId': {'executionId': {'name': 'f5', 'domain': 'd', 'project': 'p'}, 'nodeId': 'n0'},
                 'taskId': {'name': 'n', 'project': 'p'}}"""));
    }

    @Test
    void differsWithPrefixNodeAndAttempt() {
        var key = key("s3://a", EXECUTION);
        assertNotEquals(key, key("s3://b", EXECUTION));
        assertNotEquals(key, key("s3://a", EXECUTION.replace("n0", "n1")));
        assertNotEquals(key, key("s3://a", EXECUTION.replace("'retry_attempt': 0", "'retry_attempt': 1")));
        assertNotEquals(key, key("s3://a", EXECUTION.replace("'project': 'p', 'domain': 'd'", "'project': 'pd'")));
    }

    @Test
    void needsBoth() {
        assertEquals(Optional.empty(), key("", EXECUTION));
        assertEquals(Optional.empty(), key("s3://a", "{}"));
    }
}
