package dev.outboard.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job would do, told without doing it. */
public sealed interface Plan {

    /** It could be created; {@code info} is anything worth showing, as JSON values, such as bytes it would read. */
    record Feasible(Map<String, @Nullable Object> info) implements Plan {}

    /** The platform would refuse it. */
    record Refused(TaskError error) implements Plan {}

    /** This connector, or its platform, cannot tell; {@code why} is a clause for people. */
    record CannotPlan(String why) implements Plan {}
}
