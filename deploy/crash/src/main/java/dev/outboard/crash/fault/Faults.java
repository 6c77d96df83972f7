package dev.outboard.crash.fault;

import dev.outboard.crash.cluster.Cluster;
import dev.outboard.crash.cluster.Member;
import dev.outboard.crash.cluster.Role;
import dev.outboard.crash.platform.Remote;
import dev.outboard.processes.ProcessFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Does the schedule's faults, a thread for each lane, and starts again whatever has ended. */
public final class Faults implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final int STARTS = 4;

    private final Cluster cluster;
    private final Remote platform;
    private final long seed;
    private final int jobs;
    private final Tally tally = new Tally();
    private final Map<Member, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final CountDownLatch calm = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> lanes = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private @Nullable Thread keeper;

    public Faults(Cluster cluster, long seed, int jobs) {
        this.cluster = cluster;
        this.seed = seed;
        this.jobs = jobs;
        platform = cluster.platform();
    }

    public Tally tally() {
        return tally;
    }

    /** Starts again what ends by itself, and does nothing else. */
    public void keep() {
        keeper = Thread.ofVirtual().name("keeper").start(() -> guarded(this::keepAlive));
    }

    /** @param accepted how many jobs have been by now */
    public void start(IntSupplier accepted) {
        for (var lane : Schedule.Lane.values()) {
            lanes.add(Thread.ofVirtual().name("faults-" + lane).start(() -> guarded(() -> run(lane, accepted))));
        }
    }

    /** Nothing new is begun. */
    public void calm() {
        calm.countDown();
    }

    /** Nothing more is done once this returns; all that was killed is up again. */
    public void stop() throws InterruptedException {
        calm();
        for (var lane : lanes) {
            lane.join();
        }
    }

    /** What kept a process from coming back, if anything did: the run is no use then. */
    public @Nullable Exception failure() {
        return failure.get();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (over.getCount() > 0) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private void run(Schedule.Lane lane, IntSupplier accepted) throws IOException, InterruptedException {
        var schedule = new Schedule(seed, jobs, lane);
        while (schedule.more()) {
            int due = schedule.dueAfter();
            var fault = schedule.next();
            do {
                if (calm.await(fault.afterMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } while (accepted.getAsInt() < due || !execute(fault));
        }
    }

    /** False where it cannot be done now. */
    private boolean execute(Fault fault) throws IOException, InterruptedException {
        var time = Duration.ofMillis(fault.forMillis());
        return switch (fault.kind()) {
            case KILL_WORKER -> with(Role.WORKER, fault, member -> {
                member.kill();
                comeBack(member, time);
            });
            case STOP_WORKER -> with(Role.WORKER, fault, member -> {
                member.stop();
                comeBack(member, time);
            });
            case PAUSE_WORKER -> with(Role.WORKER, fault, member -> member.pause(time));
            case KILL_API -> with(Role.API, fault, member -> {
                member.kill();
                comeBack(member, time);
            });
            case PAUSE_API -> with(Role.API, fault, member -> member.pause(time));
            case KILL_BROKER -> {
                boolean done = with(Role.BROKER, fault, member -> {
                    member.kill();
                    comeBack(member, time);
                });
                // two at a time would be more than three replicas promise to survive
                cluster.awaitInSync();
                yield done;
            }
            case OUTAGE -> {
                platform.outage(time);
                tally.done(fault.kind());
                yield true;
            }
        };
    }

    private interface Deed {
        void to(Member member) throws IOException, InterruptedException;
    }

    /** Does it to the scheduled one of that role or, where something is being done to that, to the next. */
    private boolean with(Role role, Fault fault, Deed deed) throws IOException, InterruptedException {
        var members = cluster.members(role);
        for (int i = 0; i < members.size(); i++) {
            var member = members.get((fault.target() + i) % members.size());
            var lock = lock(member);
            if (lock.tryLock()) {
                try {
                    if (member.alive()) {
                        // counted as it is done: jobs need not wait until it is mended
                        tally.done(fault.kind());
                        deed.to(member);
                        return true;
                    }
                } finally {
                    lock.unlock();
                }
            }
        }
        return false;
    }

    private void comeBack(Member member, Duration time) throws IOException, InterruptedException {
        Thread.sleep(time);
        for (int tries = 1;; tries++) {
            member.start();
            try {
                member.awaitReady();
                return;
            } catch (ProcessFailed e) {
                // a start in bad times may end again; a process that lives is only slow
                if (tries == STARTS) {
                    throw e;
                }
                if (member.alive()) {
                    return;
                }
                tally.endedAlone();
            }
        }
    }

    private void keepAlive() throws IOException, InterruptedException {
        while (!over.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
            for (var role : Role.values()) {
                for (var member : cluster.members(role)) {
                    revive(member);
                }
            }
        }
    }

    private void revive(Member member) throws IOException, InterruptedException {
        var lock = lock(member);
        if (lock.tryLock()) {
            try {
                if (!member.alive() && over.getCount() > 0) {
                    tally.endedAlone();
                    comeBack(member, Duration.ZERO);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private ReentrantLock lock(Member member) {
        return locks.computeIfAbsent(member, _ -> new ReentrantLock());
    }

    @Override
    public void close() {
        over.countDown();
        calm.countDown();
        lanes.forEach(Thread::interrupt);
        if (keeper != null) {
            keeper.interrupt();
        }
        platform.close();
    }
}
