package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.Guarantee;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The cases that apply to one connector, and what came of them. */
final class Suite {
    private static final List<Case> ALL = Stream
            .of(CreateCases.all(), EndCases.all(), BatchCases.all(), ListCases.all(), WireCases.all(),
                    CredentialCases.all())
            .flatMap(List::stream)
            .toList();

    /** Far more than any call takes on a busy machine, less than two retries of any client. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Callable<Subject> subjects;
    private final Duration patience;
    private final Case.Kind kind;
    private final Report report;

    private Suite(Callable<Subject> subjects, Case.Kind kind, Duration patience) {
        this.subjects = subjects;
        this.kind = kind;
        this.patience = patience;
        this.report = new Report(kind.info());
    }

    /** @param subjects gives a new one for each case */
    static Suite of(Callable<Subject> subjects) throws Exception {
        return of(subjects, PATIENCE);
    }

    /** @param patience as in {@link Stage} */
    static Suite of(Callable<Subject> subjects, Duration patience) throws Exception {
        try (var subject = subjects.call()) {
            return new Suite(subjects,
                    new Case.Kind(subject.connector().info(), subject.simulator().isPresent()), patience);
        }
    }

    List<Case> cases() {
        return ALL.stream().filter(each -> each.of().test(kind)).toList();
    }

    Report report() {
        return report;
    }

    void play(Case each) throws Exception {
        timed(each.name(), () -> staged(each));
    }

    private void timed(String name, Callable<?> play) throws Exception {
        long begun = System.nanoTime();
        try {
            play.call();
            report.passed(name, (System.nanoTime() - begun) / 1_000_000);
        } catch (Throwable fault) {
            report.failed(name, (System.nanoTime() - begun) / 1_000_000, fault);
            throw fault;
        }
    }

    /** Whatever comes of the case, its connectors are closed and all that they told is looked through. */
    private Void staged(Case each) throws Exception {
        var evidence = new Evidence();
        var threads = new ThreadWatch();
        try (var subject = subjects.call()) {
            var stage = new Stage(subject, kind, evidence, patience);
            try (var _ = new LogWatch(evidence); stage) {
                each.play().on(stage);
            } finally {
                report.leaked(each.name(), evidence.leaks(stage.secrets()));
            }
        } finally {
            // a connector that leaves one leaves one each time: it need not be waited for again
            report.leftThreads(each.name(),
                    threads.left(report.threads().isEmpty() ? patience.dividedBy(2) : Duration.ZERO));
        }
        return null;
    }

    /** The last of all: what is declared must be shown. */
    void guarantee() throws Exception {
        timed("the guarantee that is declared", () -> staged(Case.any("guarantee", this::compare)));
    }

    private void compare(Stage stage) throws Exception {
        Guarantee shown = Shown.by(stage);
        report.shown(shown);
        var declared = kind.info().guarantee();
        assertTrue(Shown.covers(shown, declared), "the connector declares " + declared + " and shows " + shown);
    }
}
