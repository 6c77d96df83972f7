package dev.outboard.testkit.conformance;

import dev.outboard.spi.Guarantee;
import dev.outboard.testkit.example.JobServiceSubject;
import org.junit.jupiter.api.Nested;

/** A careful connector passes, whatever its platform can do. */
class CarefulConformanceTest {
    @Nested
    class Adopts extends ConnectorConformance {
        @Override
        protected Subject subject() {
            return new JobServiceSubject(() -> new ServiceConnector(Guarantee.ADOPT));
        }
    }

    @Nested
    class FetchesTokens extends ConnectorConformance {
        @Override
        protected Subject subject() {
            return new JobServiceSubject(TokenConnector::new);
        }
    }

    @Nested
    class HasTokens extends ConnectorConformance {
        @Override
        protected Subject subject() {
            return new JobServiceSubject(() -> new ServiceConnector(Guarantee.TOKEN));
        }
    }

    @Nested
    class Searches extends ConnectorConformance {
        @Override
        protected Subject subject() {
            return new JobServiceSubject(() -> new ServiceConnector(Guarantee.SEARCH));
        }
    }

    @Nested
    class HasNothing extends ConnectorConformance {
        @Override
        protected Subject subject() {
            return new JobServiceSubject(() -> new ServiceConnector(Guarantee.NONE));
        }
    }
}
