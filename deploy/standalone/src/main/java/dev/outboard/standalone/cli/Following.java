package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.OutboardClient;
import dev.outboard.client.OutboardException;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows one job to its end. */
final class Following {
    private Following() {}

    /**
     * @param changed told each change, by another thread
     * @param tick called each second
     * @throws Failure if the server stays away
     */
    static Job follow(OutboardClient client, String id, Consumer<Job> changed, Runnable tick)
            throws InterruptedException {
        try (var watch = client.watch(id, changed)) {
            while (true) {
                try {
                    return watch.end().get(1, TimeUnit.SECONDS);
                } catch (TimeoutException _) {
                    tick.run();
                }
            }
        } catch (ExecutionException e) {
            throw cause(e.getCause(), id);
        }
    }

    private static RuntimeException cause(@Nullable Throwable cause, String id) {
        return switch (cause) {
            case OutboardException e when e.passing() -> new Failure(ExitCode.UNREACHABLE,
                    "the server is away (" + e.getMessage() + "); job " + id + " goes on",
                    "see it with ./outboard get " + id + " when the server is back");
            case RuntimeException e -> e;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
