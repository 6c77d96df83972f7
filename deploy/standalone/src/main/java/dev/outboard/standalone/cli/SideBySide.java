package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.OutboardClient;
import dev.outboard.client.OutboardException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Waits for the ends of several jobs at once. */
final class SideBySide {
    /** Each takes a connection of the server while it is waited for. */
    private static final int AT_ONCE = 50;

    private SideBySide() {}

    /** How waiting for one job went. */
    sealed interface Ending {
        String id();

        /** It has ended, or the time is up and this is how it was. */
        record Seen(Job job) implements Ending {
            @Override
            public String id() {
                return job.id();
            }
        }

        record Lost(String id, OutboardException why) implements Ending {}
    }

    /**
     * @param each told each ending as it comes, one at a time
     * @return the endings in the order of the ids
     */
    static List<Ending> await(OutboardClient client, List<String> ids, Duration limit, Consumer<Ending> each)
            throws InterruptedException {
        var room = new Semaphore(AT_ONCE);
        var start = System.nanoTime();
        var all = new ArrayList<Future<Ending>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var id : ids) {
                all.add(threads.submit(() -> {
                    room.acquire();
                    try {
                        var left = limit.minusNanos(System.nanoTime() - start);
                        var ending = one(client, id, left.isNegative() ? Duration.ZERO : left);
                        synchronized (each) {
                            each.accept(ending);
                        }
                        return ending;
                    } finally {
                        room.release();
                    }
                }));
            }
            var endings = new ArrayList<Ending>();
            for (var future : all) {
                endings.add(future.get());
            }
            return endings;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Ending one(OutboardClient client, String id, Duration limit) throws InterruptedException {
        try {
            return new Ending.Seen(client.await(id, limit));
        } catch (OutboardException.TimedOut up) {
            return new Ending.Seen(up.job());
        } catch (OutboardException e) {
            return new Ending.Lost(id, e);
        }
    }
}
