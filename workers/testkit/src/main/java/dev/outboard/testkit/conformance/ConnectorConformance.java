package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a connector must do for the promise to hold: one job for one key, never an end that is none, nothing told that is
 * secret. A connector's test inherits it and says what its {@linkplain Subject subject} is:
 *
 * {@snippet :
 * class BigQueryConformanceTest extends ConnectorConformance {
 *     @Override
 *     protected Subject subject() {
 *         return new BigQuerySubject();
 *     }
 * }
 * }
 *
 * <p>
 * Cases that do not apply to a connector do not exist for it: those of the wire if its platform is not reached by HTTP,
 * those of batches if it has none. At the end a table is printed, with the guarantee that was shown and the one declared.
 */
public abstract class ConnectorConformance {

    /** A new platform with nothing on it, and the connector for it. Called once for each case, and once before all. */
    protected abstract Subject subject() throws Exception;

    /** The cases, then what was seen in all of them: threads, secrets, and the guarantee. */
    @TestFactory
    protected final Stream<DynamicTest> conformance() throws Exception {
        var suite = Suite.of(this::subject);
        var tests = new ArrayList<DynamicTest>();
        for (var each : suite.cases()) {
            tests.add(DynamicTest.dynamicTest(each.name(), () -> suite.play(each)));
        }
        tests.add(DynamicTest.dynamicTest("no thread is left behind",
                () -> assertEquals(Map.of(), suite.report().threads(), "threads that outlived their connector")));
        tests.add(DynamicTest.dynamicTest("no secret is told",
                () -> assertEquals(Map.of(), suite.report().leaks(), "where a secret was told")));
        tests.add(DynamicTest.dynamicTest("the guarantee that is declared", () -> {
            try {
                suite.guarantee();
            } finally {
                System.out.println(suite.report());
            }
        }));
        return tests.stream();
    }
}
