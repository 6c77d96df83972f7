package dev.outboard.connectors.databricks;

import dev.outboard.testkit.conformance.ConnectorConformance;
import dev.outboard.testkit.conformance.Subject;

class DatabricksConformanceTest extends ConnectorConformance {
    @Override
    protected Subject subject() {
        return new DatabricksSubject(false);
    }
}
