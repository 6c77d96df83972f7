package dev.outboard.testkit.conformance;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import java.time.Duration;

/**
 * Finds out which guarantee a connector really gives: by what a create does that another worker repeats blindly, while
 * lists and look-ups lag, so that no look-up can pass for the platform's own deduplication.
 */
final class Shown {
    private static final Duration LAG = Duration.ofSeconds(30);

    private Shown() {}

    static Guarantee by(Stage stage) throws Exception {
        stage.subject().lists(LAG);
        var request = stage.request();
        stage.created(stage.worker(), request);
        var second = stage.worker();
        Tried.of(() -> second.create(request));
        if (stage.subject().ledger().size() == 1) {
            var other = Tried.of(() -> second.create(stage.subject().different(request.key())));
            if (stage.subject().ledger().size() == 1) {
                return other instanceof Tried.Told<CreateResult>(CreateResult.Rejected _)
                        ? Guarantee.ADOPT
                        : Guarantee.TOKEN;
            }
        }
        stage.pass(LAG.plusSeconds(1));
        return finds(stage, request) ? Guarantee.SEARCH : Guarantee.NONE;
    }

    /** By a worker that has created nothing; and only what is there. */
    private static boolean finds(Stage stage, CreateRequest request) throws Exception {
        var worker = stage.worker();
        return worker.find(request).isPresent() && worker.find(stage.request()).isEmpty();
    }

    /** True if what is declared promises no more than what was shown. */
    static boolean covers(Guarantee shown, Guarantee declared) {
        return strength(declared) <= strength(shown);
    }

    private static int strength(Guarantee guarantee) {
        return switch (guarantee) {
            case NONE -> 0;
            case SEARCH -> 1;
            case TOKEN -> 2;
            case ADOPT -> 3;
        };
    }
}
