package dev.outboard.connectors.bigquery;

import dev.outboard.testkit.conformance.ConnectorConformance;
import dev.outboard.testkit.conformance.Subject;

class BigQueryConformanceTest extends ConnectorConformance {
    @Override
    protected Subject subject() {
        return new BigQuerySubject();
    }
}
