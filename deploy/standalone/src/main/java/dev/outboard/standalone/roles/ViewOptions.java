package dev.outboard.standalone.roles;

import dev.outboard.dispatcher.view.ViewLimits;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import picocli.CommandLine.Option;

/** How much an API takes on; the same for every role that has one. */
final class ViewOptions {
    @Option(names = "--max-untaken", paramLabel = "N", defaultValue = ""
            + ViewLimits.MAX_UNTAKEN, description = "Creates of a task type that no worker has taken yet, at which more are refused (default: ${DEFAULT-VALUE}).")
    private int maxUntaken;

    ViewLimits limits() {
        try {
            return ViewLimits.ofHeap().withUntaken(maxUntaken);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()),
                    "mend that option; --help shows them all");
        }
    }
}
