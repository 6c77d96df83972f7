package dev.outboard.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets sides take turns, so that what changes on the machine meanwhile meets all of them. */
final class Rounds {
    private final Plan plan;
    private final Progress progress;

    Rounds(Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    Plan plan() {
        return plan;
    }

    Progress progress() {
        return progress;
    }

    /** Each side's rounds, in the order of the sides; the sides are closed afterwards. */
    List<List<Slice>> run(String what, Duration length, List<Side> sides) throws Exception {
        try {
            for (var side : sides) {
                progress.say(what + ": warming up " + side.name());
                side.warmUp(plan.warmUp());
            }
            var slices = new ArrayList<List<Slice>>();
            sides.forEach(_ -> slices.add(new ArrayList<>()));
            for (int round = 1; round <= plan.rounds(); round++) {
                progress.say(what + ": round " + round + " of " + plan.rounds());
                for (int i = 0; i < sides.size(); i++) {
                    slices.get(i).add(sides.get(i).run(length));
                }
            }
            return slices;
        } finally {
            sides.forEach(Side::close);
        }
    }
}
