package dev.outboard.testkit.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What came of a test class that JUnit itself ran, by the names that people see. */
record SuiteRun(SortedSet<String> passed, SortedSet<String> failed) {
    static SuiteRun of(Class<?> test) {
        var run = new SuiteRun(new TreeSet<>(), new TreeSet<>());
        var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier ran, TestExecutionResult result) {
                boolean good = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
                if (ran.isTest() || !good) {
                    (good ? run.passed() : run.failed()).add(ran.getDisplayName());
                }
            }
        });
        return run;
    }
}
