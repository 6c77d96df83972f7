package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Calls that were started and wait for the test to answer them. */
final class HeldCalls implements Effects {
    record Held(Call call, Consumer<Outcome> done) {}

    final List<Held> waiting = new ArrayList<>();
    /** Polls that the lane wants back; none is answered for that. */
    final List<Call> recalled = new ArrayList<>();
    final List<String> trail;
    /** What happens while a lane waits for its checks. */
    Runnable whileChecking = () -> {
    };

    HeldCalls(List<String> trail) {
        this.trail = trail;
    }

    @Override
    public void start(Call call, Consumer<Outcome> done) {
        trail.add(call.op() + " " + call.job().state());
        waiting.add(new Held(call, done));
    }

    @Override
    public void recall(Call call) {
        recalled.add(call);
    }

    @Override
    public void awaitChecks(String taskType) {
        whileChecking.run();
    }

    /** Answers the only call of this kind that waits. */
    Held answer(Op op, Outcome outcome) {
        var found = waiting.stream().filter(h -> h.call().op() == op).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " calls " + op + " wait, of " + ops());
        }
        waiting.remove(found.get(0));
        found.get(0).done().accept(outcome);
        return found.get(0);
    }

    List<Op> ops() {
        return waiting.stream().map(h -> h.call().op()).toList();
    }
}
