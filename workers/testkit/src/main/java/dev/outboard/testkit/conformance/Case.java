package dev.outboard.testkit.conformance;

import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.Guarantee;
import java.util.function.Predicate;

/**
 * One thing that a connector must get right.
 *
 * @param name for people, and for the report
 * @param of whom it is asked; for others it does not exist
 * @param play what happens; any exception or assertion that leaves it is a fault of the connector's
 */
record Case(String name, Predicate<Kind> of, Play play) {

    /** @param wire true if its platform is reached by HTTP, so that faults can be put on the way */
    record Kind(ConnectorInfo info, boolean wire) {
        boolean searches() {
            return info.guarantee() == Guarantee.SEARCH;
        }

        /** True if the platform itself tells a repeated create from a new one, or a look-up does. */
        boolean dedupes() {
            return info.guarantee() != Guarantee.NONE;
        }
    }

    interface Play {
        void on(Stage stage) throws Exception;
    }

    static Case any(String name, Play play) {
        return new Case(name, _ -> true, play);
    }

    static Case wire(String name, Play play) {
        return new Case(name, Kind::wire, play);
    }
}
