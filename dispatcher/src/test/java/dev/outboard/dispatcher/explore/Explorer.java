package dev.outboard.dispatcher.explore;

import dev.outboard.dispatcher.explore.Situation.Status;
import dev.outboard.dispatcher.explore.Steps.Step;
import dev.outboard.dispatcher.job.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Breadth first, so that the first thing found wrong is found in the fewest steps. */
final class Explorer {
    /**
     * @param wrong what was found, or null
     * @param trace the steps to it
     */
    record Found(@Nullable String wrong, List<String> trace, int situations, int ends) {}

    private record Queued(Situation situation, int number) {}

    private final Bounds bounds;
    private final RealFold fold;
    private final Steps steps;
    private final Visited visited = new Visited();

    Explorer(Bounds bounds) {
        this.bounds = bounds;
        fold = new RealFold(bounds.holds(Rule.R8_OCCUPY_THE_KEY));
        steps = new Steps(bounds, fold);
    }

    Found explore() {
        return explore(s -> false);
    }

    /** @param sought ends the search as if it were wrong */
    Found explore(Predicate<Situation> sought) {
        var queue = new ArrayDeque<Queued>();
        var start = new Situation();
        visited.add(start, -1, 0);
        queue.add(new Queued(start, 0));
        int ends = 0;
        for (var at = queue.poll(); at != null; at = queue.poll()) {
            var next = steps.from(at.situation());
            boolean goesOn = false;
            for (int k = 0; k < next.size(); k++) {
                var step = next.get(k);
                goesOn |= !step.fault();
                int number = visited.add(step.to(), at.number(), k);
                if (number < 0) {
                    continue;
                }
                var wrong = sought.test(step.to()) ? "found" : wrong(step.to());
                if (wrong != null) {
                    return new Found(wrong, trace(number), visited.size(), ends);
                }
                queue.add(new Queued(step.to(), number));
            }
            if (!goesOn) {
                ends++;
                var wrong = atEnd(at.situation());
                if (wrong != null) {
                    return new Found(wrong, trace(at.number()), visited.size(), ends);
                }
            }
        }
        return new Found(null, List.of(), visited.size(), ends);
    }

    /** Every transition is a rev of its own; the committed records before the last stable offset have them in order. */
    private @Nullable String wrong(Situation s) {
        if (s.wrong != null) {
            return s.wrong;
        }
        long rev = 0;
        int last = RealFold.NONE;
        for (int i = 0; i < s.lastStable(); i++) {
            var entry = s.log.get(i);
            if (entry.status() == Status.COMMIT && entry.job() != last && entry.job() != RealFold.NONE) {
                var job = fold.job(entry.job());
                if (job.rev() != rev + 1) {
                    return "rev went from " + rev + " to " + job.rev() + ", to " + job.state();
                }
                rev = job.rev();
                last = entry.job();
            }
        }
        return null;
    }

    /** Nothing more will happen: everything must be as it should be by now. */
    private @Nullable String atEnd(Situation s) {
        var last = s.last(s.log.size());
        // the group's position may be behind: the watermark decides
        if (last == null || last.position() < bounds.commands().length()) {
            return "a command was never folded";
        }
        if (last.job() == RealFold.NONE) {
            return "the job is lost";
        }
        var state = fold.job(last.job()).state();
        boolean cancelled = bounds.commands().indexOf('D') > bounds.commands().indexOf('C');
        if (state != (cancelled ? State.CANCELLED : State.RUNNING)) {
            return "the job is left " + state;
        }
        if (s.runs == cancelled) {
            return cancelled ? "an orphan: CANCELLED, and the platform runs it" : "RUNNING, and the platform does not";
        }
        return null;
    }

    /** The way there, walked again from the start. */
    private List<String> trace(int number) {
        var choices = new ArrayList<Integer>();
        for (int at = number; visited.parent(at) >= 0; at = visited.parent(at)) {
            choices.add(visited.choice(at));
        }
        Collections.reverse(choices);
        var words = new ArrayList<String>();
        var at = new Situation();
        for (int choice : choices) {
            Step step = steps.from(at).get(choice);
            words.add(step.words());
            at = step.to();
        }
        return words;
    }
}
