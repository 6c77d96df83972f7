package dev.outboard.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Callers that each make their next call when the last one is answered. */
class ClosedLoop implements Side {
    private final String name;
    private final List<Caller> callers;
    private final int most;
    /** A thread each: a virtual one would add its scheduler's time to each call. */
    private final ExecutorService threads;

    ClosedLoop(String name, int callers, IntFunction<Caller> caller) {
        this(name, callers, Integer.MAX_VALUE, caller);
    }

    /**
     * @param most calls of one caller in one run
     */
    ClosedLoop(String name, int callers, int most, IntFunction<Caller> caller) {
        this.name = name;
        this.most = most;
        this.callers = IntStream.range(0, callers).mapToObj(caller).toList();
        threads = Executors.newFixedThreadPool(callers, Thread.ofPlatform().daemon().name("caller").factory());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Slice run(Duration length) throws Exception {
        var start = new CyclicBarrier(callers.size());
        var loops = new ArrayList<Callable<long[]>>();
        callers.forEach(caller -> loops.add(() -> {
            start.await();
            return loop(caller, System.nanoTime() + length.toNanos());
        }));
        long began = System.nanoTime();
        var done = threads.invokeAll(loops);
        double seconds = (System.nanoTime() - began) / 1e9;
        var all = new ArrayList<long[]>();
        for (var calls : done) {
            try {
                all.add(calls.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        return new Slice(all.stream().flatMapToLong(Arrays::stream).toArray(), seconds);
    }

    private long[] loop(Caller caller, long until) throws Exception {
        var nanos = new long[1024];
        int count = 0;
        // one call at least, however slow the machine
        for (long now = System.nanoTime(); count == 0 || now < until && count < most; count++) {
            caller.call();
            long after = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count] = after - now;
            now = after;
        }
        return Arrays.copyOf(nanos, count);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        callers.forEach(Caller::close);
    }
}
