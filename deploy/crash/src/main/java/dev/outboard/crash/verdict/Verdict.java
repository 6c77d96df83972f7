package dev.outboard.crash.verdict;

import dev.outboard.crash.drive.Note;
import dev.outboard.crash.history.Violation;
import dev.outboard.spi.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The numbers that count, in the order of the report.
 *
 * @param jobs that were acknowledged
 * @param creates on the platform
 */
public record Verdict(int jobs, int creates, List<Finding> findings) {
    public Verdict {
        findings = List.copyOf(findings);
    }

    public static Verdict of(Evidence evidence) {
        // without a guarantee, a worker that was thought dead may run its jobs on, and each worker's death costs an attempt
        boolean guaranteed = evidence.guarantee() != Guarantee.NONE;
        var effects = new Effects(evidence);
        var ends = new Ends(evidence);
        return new Verdict((int) evidence.seen().stream().filter(seen -> seen.id() != null).count(),
                evidence.ledger().jobs().size(),
                List.of(new Finding("duplicates", effects.duplicates(), guaranteed),
                        new Finding("orphans", effects.orphans(), guaranteed),
                        new Finding("lost", ends.lost(), true),
                        new Finding("cancels not honoured", effects.cancelsNotHonoured(), guaranteed),
                        new Finding("reads that went backwards", noted(evidence, Note.Seen::backwards), true),
                        new Finding("reads that missed an acknowledged create", noted(evidence, Note.Seen::missed),
                                true),
                        new Finding("linearizability violations",
                                evidence.violations().stream().map(Violation::toString).toList(), true),
                        new Finding("replicas that disagree at the end", ends.disagreements(), true),
                        new Finding("answers that nothing promises", noted(evidence, Note.Seen::odd), true)));
    }

    private static List<String> noted(Evidence evidence, Function<Note.Seen, List<String>> what) {
        var found = new ArrayList<String>();
        for (var seen : evidence.seen()) {
            what.apply(seen)
                    .forEach(each -> found.add("job " + seen.script().number() + " " + seen.id() + ": " + each));
        }
        return found;
    }

    public boolean holds() {
        return findings.stream().noneMatch(Finding::fails);
    }
}
