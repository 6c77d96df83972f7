package dev.outboard.connectors.snowflake;

import dev.outboard.testkit.conformance.ConnectorConformance;
import dev.outboard.testkit.conformance.Subject;

class SnowflakeConformanceTest extends ConnectorConformance {
    @Override
    protected Subject subject() {
        return new SnowflakeSubject();
    }
}
