package dev.outboard.runtime.batch;

import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import java.util.function.Consumer;

/**
 * A poll that waits for news.
 *
 * @param done takes an outcome, and drops all but the first
 */
public record Waiter(Call call, Consumer<Outcome> done) {}
