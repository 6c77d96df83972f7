package dev.outboard.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read as it comes, with a limit to how long nothing may come, which a plain input stream has not. The HTTP
 * client writes, one thread reads; no more is held than what came in one go.
 */
final class Chunks implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    /** What a subscriber is told, in order. */
    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End(@Nullable Throwable cause) implements Part {}
    }

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private List<ByteBuffer> open = List.of();
    private boolean ended;

    /** The next byte, or -1 at the end. */
    int read(Duration idle) throws IOException, InterruptedException {
        while (!ended) {
            for (var buffer : open) {
                if (buffer.hasRemaining()) {
                    return buffer.get() & 0xff;
                }
            }
            open = List.of();
            var source = subscription;
            if (source != null) {
                source.request(1);
            }
            switch (parts.poll(idle.toMillis(), TimeUnit.MILLISECONDS)) {
                case null -> throw new IOException("nothing came for " + idle.toSeconds() + " s");
                case Part.Bytes bytes -> open = bytes.buffers();
                case Part.End end -> {
                    ended = true;
                    if (end.cause() != null) {
                        throw new IOException("connection lost", end.cause());
                    }
                }
            }
        }
        return -1;
    }

    @Override
    public void close() {
        var source = subscription;
        if (source != null) {
            source.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        parts.add(new Part.Bytes(item));
    }

    @Override
    public void onError(Throwable throwable) {
        parts.add(new Part.End(throwable));
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End(null));
    }
}
