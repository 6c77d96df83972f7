package dev.outboard.connectors.databricks;

import dev.outboard.testkit.conformance.ConnectorConformance;
import dev.outboard.testkit.conformance.Subject;

/** The same with tokens that are fetched and run out. */
class PrincipalConformanceTest extends ConnectorConformance {
    @Override
    protected Subject subject() {
        return new DatabricksSubject(true);
    }
}
