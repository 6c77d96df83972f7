package dev.outboard.bench.overload;

import dev.outboard.bench.BenchFailed;
import dev.outboard.bench.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Offers creates at a rate that does not ask how the last ones are doing. Each connection has one under way at a time, so
 * there are many of them.
 */
final class Offer {
    private final byte[] create;
    private final int port;
    private final int connections;
    private final Answers answers;
    private final AtomicLong next = new AtomicLong();

    /** @param create the request */
    Offer(byte[] create, int port, int connections, Answers answers) {
        this.create = create;
        this.port = port;
        this.connections = connections;
        this.answers = answers;
    }

    /** Returns how many were offered: fewer than asked for where so many connections do not carry more. */
    long run(double perSecond, Duration length) {
        long began = System.nanoTime();
        long gap = (long) (1e9 / perSecond);
        next.set(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                threads.execute(() -> offer(began, gap, length.toNanos()));
            }
        }
        return next.get();
    }

    private void offer(long began, long gap, long length) {
        Connection connection = null;
        try {
            while (true) {
                long now = System.nanoTime() - began;
                if (now >= length) {
                    return;
                }
                // whoever is free takes the next one; those that nobody could send in their time are sent at once
                long due = next.getAndIncrement() * gap;
                if (due >= length) {
                    next.decrementAndGet();
                    return;
                }
                if (due > now) {
                    LockSupport.parkNanos(due - now);
                }
                connection = send(connection);
            }
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    /** Returns the connection to go on with, or null for a new one. */
    private @Nullable Connection send(@Nullable Connection open) {
        var connection = open;
        try {
            if (connection == null) {
                connection = new Connection(port);
            }
            long began = System.nanoTime();
            int status = connection.exchange(create);
            answers.add(status, connection, System.nanoTime() - began);
            return connection;
        } catch (IOException | BenchFailed e) {
            answers.failed(String.valueOf(e.getMessage()));
            if (connection != null) {
                connection.close();
            }
            return null;
        }
    }
}
