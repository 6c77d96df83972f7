package dev.outboard.crash.cluster;

import dev.outboard.processes.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the processes, over all its lives. Used by one thread at a time, but {@link #lives} by any. */
public final class Member {
    /** Nine of them may start at a time, on few cores. */
    private static final Duration READY = Duration.ofMinutes(3);

    private final Role role;
    private final int number;
    private final Starter starter;
    private final List<Life> lives = new ArrayList<>();

    /** Starts one more life, whose log has this name. */
    interface Starter {
        Child start(String name);
    }

    /**
     * One process.
     *
     * @param log what it said
     * @param killed when it was killed, or null
     * @param stopped when it was asked to end, or null
     */
    public record Life(Child child, Path log, @Nullable Instant killed, @Nullable Instant stopped) {}

    /** @param number from 1 */
    Member(Role role, int number, Starter starter) {
        this.role = role;
        this.number = number;
        this.starter = starter;
    }

    public String name() {
        return role.word() + "-" + number;
    }

    public synchronized void start() {
        var child = starter.start(name() + "." + (lives.size() + 1));
        lives.add(new Life(child, child.output(), null, null));
    }

    public void awaitReady() throws IOException, InterruptedException {
        last().child().said(role.ready, READY);
    }

    /** SIGKILL. */
    public void kill() {
        var life = last();
        ended(new Life(life.child(), life.log(), Instant.now(), null));
        life.child().close();
    }

    /** SIGTERM, and waits for its end. */
    public void stop() throws InterruptedException {
        var life = last();
        ended(new Life(life.child(), life.log(), null, Instant.now()));
        life.child().stop();
    }

    /** SIGSTOP, and SIGCONT after that time; returns when it goes on. */
    public void pause(Duration time) throws IOException, InterruptedException {
        last().child().pause(time);
        Thread.sleep(time);
    }

    /** False if it has ended by itself, or was killed. */
    public boolean alive() {
        return last().child().process().isAlive();
    }

    public synchronized List<Life> lives() {
        return List.copyOf(lives);
    }

    private synchronized Life last() {
        return lives.getLast();
    }

    private synchronized void ended(Life life) {
        lives.set(lives.size() - 1, life);
    }
}
