package dev.outboard.testkit.conformance;

import dev.outboard.spi.Connector;
import dev.outboard.spi.TaskError;
import java.util.List;
import java.util.function.Supplier;

/**
 * The careful connector with one thing wrong, and the cases that must see it.
 *
 * @param caught names of cases; one that ends with {@code *} stands for all that begin so
 */
record Sabotage(String what, Supplier<Connector> connector, List<String> caught) {
    static Sabotage of(String what, Supplier<Connector> connector, String... caught) {
        return new Sabotage(what, connector, List.of(caught));
    }

    static TaskError failed() {
        return TaskError.system("Trouble", "it did not work", true);
    }
}
