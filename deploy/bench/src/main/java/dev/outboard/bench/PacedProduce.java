package dev.outboard.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.consumer.Consumer;

/** Produces at a modest rate, and consumes what is produced. */
final class PacedProduce implements Side {
    private static final int WARM = 50;
    private final BareTopic topic;
    private final Consumer<byte[], byte[]> consumer;

    PacedProduce(Rig rig, BareTopic topic) {
        this.topic = topic;
        consumer = BareConsumer.of(rig.kafka(), BareTopic.NAME, rig.partitions());
    }

    @Override
    public String name() {
        return "bare produce and consume";
    }

    @Override
    public void warmUp(Duration length) throws Exception {
        long until = System.nanoTime() + length.toNanos();
        do {
            var seen = seen(WARM);
            for (int i = 0; i < WARM; i++) {
                topic.write();
            }
            seen.get();
        } while (System.nanoTime() < until);
    }

    @Override
    public Slice run(Duration length) throws Exception {
        int calls = Pace.calls(length);
        var sent = new long[calls];
        var count = new int[1];
        var seen = seen(calls);
        long began = System.nanoTime();
        Pace.run(calls, () -> {
            sent[count[0]++] = System.nanoTime();
            topic.write();
        });
        var nanos = seen.get();
        // each is seen long before the next is sent, so both are in the same order
        Arrays.setAll(nanos, i -> nanos[i] - sent[i]);
        return new Slice(nanos, (System.nanoTime() - began) / 1e9);
    }

    /** When each of the next so many records was seen. */
    private Future<long[]> seen(int records) {
        var task = new FutureTask<>(() -> {
            var times = new long[records];
            for (int i = 0; i < records;) {
                int polled = consumer.poll(BareConsumer.WAIT).count();
                Arrays.fill(times, i, Math.min(records, i + polled), System.nanoTime());
                i += polled;
            }
            return times;
        });
        Thread.ofPlatform().daemon().name("consumer").start(task);
        return task;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
