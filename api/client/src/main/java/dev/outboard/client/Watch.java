package dev.outboard.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A job that is being watched; {@link OutboardClient#watch} begins one. Safe for many threads. */
public final class Watch implements AutoCloseable {
    private final CompletableFuture<Job> end = new CompletableFuture<>();
    private final Thread thread;

    private Watch(String id, Callable<Job> follow, Consumer<Watch> over) {
        thread = Thread.ofVirtual().name("outboard-watch-" + id).unstarted(() -> run(follow, over));
    }

    static Watch start(String id, Callable<Job> follow, Consumer<Watch> over) {
        var watch = new Watch(id, follow, over);
        watch.thread.start();
        return watch;
    }

    /**
     * Completed after the listener was told the last change, with the job as it ended; exceptionally with an
     * {@link OutboardException} where it can be watched no longer, or with what the listener threw; cancelled by
     * {@link #close}. Not to be completed by its readers.
     */
    public CompletableFuture<Job> end() {
        return end;
    }

    /** Stops watching; the job goes on. The listener is not called after this returns, unless it is the caller itself. */
    @Override
    public void close() {
        end.cancel(false);
        thread.interrupt();
        if (Thread.currentThread() == thread) {
            return;
        }
        var interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Callable<Job> follow, Consumer<Watch> over) {
        try {
            end.complete(follow.call());
        } catch (InterruptedException _) {
            end.cancel(false);
        } catch (Exception | Error e) {
            end.completeExceptionally(e);
        } finally {
            over.accept(this);
        }
    }
}
