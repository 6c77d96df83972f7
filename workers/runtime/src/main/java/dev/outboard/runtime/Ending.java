package dev.outboard.runtime;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;

/** The end of connectors. */
final class Ending {
    private static final System.Logger LOG = System.getLogger(Ending.class.getName());

    private Ending() {}

    /** Closes them all at a time; one that takes longer than {@code most} is interrupted and left behind. Never throws. */
    static void of(Collection<Serving> open, Duration most, Redaction redaction) {
        var closing = new ArrayList<Thread>();
        // on platform threads: a close that spins or sits in native code must not hold up a virtual thread's carrier
        open.forEach(serving -> closing.add(Thread.ofPlatform()
                .daemon()
                .name("outboard-close-" + serving.slug())
                .start(() -> close(serving, redaction))));
        long end = System.nanoTime() + most.toNanos();
        for (var thread : closing) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    LOG.log(WARNING, "{0} took more than {1} ms and is left behind", thread.getName(), most.toMillis());
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                // leave all of them: who interrupts a close wants out
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void close(Serving serving, Redaction redaction) {
        try {
            serving.within(() -> {
                serving.connector().close();
                return true;
            });
        } catch (Throwable e) {
            LOG.log(WARNING, "the connector {0} failed to close: {1}", serving, Faults.stack(e, redaction));
        }
    }
}
