package dev.outboard.dispatcher.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs many seeds, each on one thread, as many at a time as there are processors. */
final class Seeds {
    /** A seed that went wrong. */
    record Failure(long seed, List<String> wrongs) {}

    final States states = new States();
    final AtomicLong events = new AtomicLong();
    final AtomicLong done = new AtomicLong();

    /** The first seed that goes wrong, or null. */
    @Nullable
    Failure run(long from, long count, Mutation mutation) throws InterruptedException {
        var next = new AtomicLong(from);
        var failures = new ArrayList<Failure>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(Thread.ofPlatform().name("seeds-" + i).start(() -> {
                var mine = new States();
                for (long seed = next.getAndIncrement(); seed < from + count; seed = next.getAndIncrement()) {
                    var result = one(seed, mutation, mine, false);
                    events.addAndGet(result.events());
                    report(done.incrementAndGet());
                    if (!result.wrongs().isEmpty()) {
                        synchronized (failures) {
                            failures.add(new Failure(seed, result.wrongs()));
                        }
                        next.set(from + count);
                    }
                }
                synchronized (states) {
                    states.add(mine);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        return failures.stream().min((a, b) -> Long.compare(a.seed(), b.seed())).orElse(null);
    }

    private static void report(long done) {
        if (done % 50_000 == 0) {
            System.out.println(done + " seeds");
        }
    }

    static Simulation.Result one(long seed, Mutation mutation, States states, boolean tracing) {
        var simulation = new Simulation(seed, Faults.of(new SplittableRandom(seed)), mutation, 0, states,
                tracing);
        try {
            for (int i = 1 + simulation.world.random.nextInt(3); i > 0; i--) {
                simulation.client(Scripts.random());
            }
            return simulation.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " broke the simulation itself", e);
        }
    }
}
