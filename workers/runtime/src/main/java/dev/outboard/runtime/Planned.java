package dev.outboard.runtime;

import dev.outboard.dispatcher.job.JobError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job would do, told without doing it; the SPI's plan, without secrets. */
public sealed interface Planned {

    /** It could be created; {@code info} is {@code String, Boolean, Double, List, Map} or null, by name. */
    record Feasible(Map<String, @Nullable Object> info) implements Planned {}

    /** It would fail. */
    record Refused(JobError error) implements Planned {}

    /** The check found nothing wrong, and more cannot be told; {@code why} is a clause for people. */
    record CannotPlan(String why) implements Planned {}
}
