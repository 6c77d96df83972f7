package dev.outboard.bench;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Creates jobs at a modest rate, and hears from the connector when each reached it. */
final class PacedCreate implements Side {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final byte[] REQUEST = Jobs.create(Jobs.body(BenchConnector.END));

    private final Jobs jobs;
    private final Path told;
    private long read;

    PacedCreate(Rig rig) {
        jobs = new Jobs(rig.api());
        told = rig.worker().output();
    }

    @Override
    public String name() {
        return "outboard";
    }

    /** One after the other as quick as may be; the worker's code must run often to be compiled. */
    @Override
    public void warmUp(Duration length) throws Exception {
        long until = System.nanoTime() + length.toNanos();
        do {
            jobs.send(REQUEST);
        } while (System.nanoTime() < until);
        jobs.awaitEnd();
    }

    @Override
    public Slice run(Duration length) throws Exception {
        var sent = new HashMap<String, Long>();
        long began = System.nanoTime();
        Pace.run(Pace.calls(length), () -> {
            long now = BenchConnector.nanos(Instant.now());
            jobs.send(REQUEST);
            sent.put(jobs.location().substring(Jobs.PATH.length() + 1), now);
        });
        var nanos = new long[sent.size()];
        int count = 0;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (count < nanos.length) {
            for (var entered : entered().entrySet()) {
                var since = sent.get(entered.getKey());
                if (since != null) {
                    nanos[count++] = entered.getValue() - since;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new BenchFailed("the connector was told of " + count + " jobs of " + nanos.length + " within "
                        + LIMIT.toSeconds() + " s");
            }
            Thread.sleep(10);
        }
        jobs.awaitEnd();
        return new Slice(nanos, (System.nanoTime() - began) / 1e9);
    }

    /** What the worker has told since it was asked last: job and time. */
    private Map<String, Long> entered() throws IOException {
        var entered = new HashMap<String, Long>();
        try (var file = FileChannel.open(told)) {
            var text = new String(Channels.newInputStream(file.position(read)).readAllBytes(),
                    StandardCharsets.UTF_8);
            // a line may be half written
            var whole = text.substring(0, text.lastIndexOf('\n') + 1);
            read += whole.getBytes(StandardCharsets.UTF_8).length;
            whole.lines().filter(line -> line.startsWith(BenchConnector.ENTERED)).forEach(line -> {
                var words = line.split(" ");
                entered.put(words[1], Long.parseLong(words[2]));
            });
        }
        return entered;
    }

    @Override
    public void close() {
        jobs.close();
    }
}
