package dev.outboard.crash;

import dev.outboard.crash.drive.Counts;
import dev.outboard.crash.fault.Fault.Kind;
import dev.outboard.crash.fault.Tally;
import dev.outboard.crash.platform.Ledger;
import dev.outboard.crash.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run came to.
 *
 * @param operations that were checked to be linearizable
 * @param took from the first create to the last job's end
 */
record Result(Plan plan, Verdict verdict, Ledger ledger, Counts counts, int operations, Tally tally, Duration took,
        TakeoverTimes takeovers) {

    /** What the run should have done more often for its zeros to mean anything, a sentence each. */
    List<String> missed() {
        var missed = new ArrayList<String>();
        for (var kind : Kind.values()) {
            Integer least = plan.minimums().of().get(kind);
            if (least != null) {
                missed(missed, kind.told(), tally.of(kind), least);
            }
        }
        missed(missed, "creates whose reply was lost after the effect", ledger.hidden(), plan.leastHidden());
        missed(missed, "cancels while SUBMITTING", counts.cancelsSubmitting.get(), plan.leastHidden());
        missed(missed, "creates repeated on the other replica", counts.repeats.get(), plan.leastRepeats());
        return missed;
    }

    private static void missed(List<String> missed, String what, long done, long least) {
        if (done < least) {
            missed.add(what + ": " + done + ", at least " + least + " were wanted");
        }
    }

    boolean good() {
        return verdict.holds() && missed().isEmpty();
    }
}
