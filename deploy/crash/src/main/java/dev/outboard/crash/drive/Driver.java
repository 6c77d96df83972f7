package dev.outboard.crash.drive;

import dev.outboard.crash.drive.Reader.Record;
import dev.outboard.crash.history.History;
import dev.outboard.crash.platform.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** All clients, and some who only look on. */
public final class Driver implements AutoCloseable {
    private static final int ONLOOKERS = 4;
    private static final long LOOK = 60;

    private final Api api;
    private final Counts counts = new Counts();
    private final History history = new History();
    private final List<Note> notes;
    private final AtomicInteger next = new AtomicInteger();
    private final IntSupplier allowed;
    private final long deadline;
    private final List<Thread> clients = new ArrayList<>();
    private final List<Thread> onlookers = new ArrayList<>();

    /**
     * @param allowed how many jobs may have begun by now
     * @param deadline in terms of {@link System#nanoTime}; no client waits any longer
     */
    public Driver(List<String> urls, long seed, int jobs, IntSupplier allowed, long deadline) {
        api = new Api(urls);
        this.allowed = allowed;
        this.deadline = deadline;
        notes = IntStream.range(0, jobs).mapToObj(number -> new Note(Script.of(seed, number))).toList();
    }

    public void start(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            clients.add(Thread.ofVirtual().name("client-" + i).start(() -> work(new Record(counts, history, number))));
        }
        for (int i = 0; i < ONLOOKERS; i++) {
            var record = new Record(counts, history, count + i);
            onlookers.add(Thread.ofVirtual().name("onlooker-" + i).start(() -> lookOn(record)));
        }
    }

    /** Until every job has ended, or it is late. */
    public void await() throws InterruptedException {
        for (var client : clients) {
            client.join();
        }
        onlookers.forEach(Thread::interrupt);
        for (var onlooker : onlookers) {
            onlooker.join();
        }
    }

    public Counts counts() {
        return counts;
    }

    /** Every create and read, with what was told. */
    public History history() {
        return history;
    }

    public List<Note.Seen> seen() {
        return notes.stream().map(Note::seen).toList();
    }

    public boolean done() {
        return clients.stream().noneMatch(Thread::isAlive);
    }

    private boolean late() {
        return System.nanoTime() > deadline;
    }

    private void work(Record record) {
        try {
            for (int number = next.getAndIncrement(); number < notes.size(); number = next.getAndIncrement()) {
                while (number >= allowed.getAsInt() && !late()) {
                    Thread.sleep(LOOK);
                }
                new Client(api, record, notes.get(number), this::late).run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the jobs that have begun, in no order, from any replica: its clients are not the only ones who look. */
    private void lookOn(Record record) {
        var random = new Random(record.client());
        var readers = new HashMap<String, Reader>();
        try {
            while (true) {
                int begun = Math.min(next.get(), notes.size());
                // the later ones are more likely to live
                var note = notes.get(Math.max(0, begun - 1 - random.nextInt(Math.max(1, Math.min(begun, 200)))));
                var id = note.id();
                if (id != null && note.live()) {
                    readers.computeIfAbsent(id, job -> new Reader(api, record, note, job))
                            .read(random.nextInt(api.replicas()), false);
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads every acknowledged job from every replica, once no more happens to them. */
    public List<Final> finals() throws InterruptedException {
        return Finals.read(api, seen(), deadline);
    }

    @Override
    public void close() {
        clients.forEach(Thread::interrupt);
        onlookers.forEach(Thread::interrupt);
        api.close();
    }
}
