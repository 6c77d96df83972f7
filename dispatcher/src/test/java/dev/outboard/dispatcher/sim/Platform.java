package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.lane.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The platform, of any guarantee, and its own ledger of what it was made to run. */
final class Platform {
    /** A look-up by label shows a job only after a while. */
    private static final long INDEXED_WITHIN = 4 * World.SECOND;

    enum Fate {
        RUNNING, SUCCEEDED, FAILED, CANCELLED, DEAD
    }

    /** What one effective create made. */
    static final class Run {
        final String key;
        final JobId id;
        final long incarnation;
        final int attempt;
        final Worker by;
        final long created;
        final long indexed;
        /** When it ends by itself, and how. */
        long ends;
        Fate end;
        final boolean retryable;
        Fate fate = Fate.RUNNING;

        private Run(Call call, Worker by, World world) {
            key = call.externalKey();
            id = call.job().id();
            incarnation = call.job().incarnation();
            attempt = call.job().attempt().number();
            this.by = by;
            created = world.now();
            indexed = created + world.upTo(INDEXED_WITHIN);
            ends = world.random.nextInt(3) == 0 ? Long.MAX_VALUE : created + world.upTo(20 * World.SECOND);
            end = world.random.nextInt(3) == 0 ? Fate.FAILED : Fate.SUCCEEDED;
            retryable = world.random.nextBoolean();
        }

        @Override
        public String toString() {
            return Names.of(id) + "@" + incarnation + " attempt " + attempt + " " + fate;
        }
    }

    private final World world;
    private final Trouble trouble;
    private final Guarantee guarantee;
    private final List<Run> ledger = new ArrayList<>();
    private long awayUntil;
    /** Requests that have not landed yet. */
    int flying;

    Platform(World world, Trouble trouble) {
        this.world = world;
        this.trouble = trouble;
        guarantee = trouble.faults.guarantee();
    }

    /** As they stood when they were last looked at. */
    List<Run> runs() {
        return ledger;
    }

    List<Run> ledger() {
        ledger.forEach(this::settle);
        return ledger;
    }

    void away(long time) {
        world.say(() -> "the platform is away for " + time / World.MILLI + " ms");
        awayUntil = world.now() + time;
    }

    void back() {
        awayUntil = 0;
    }

    /** What would go on for ever ends by and by, unless somebody is to stop it. */
    void endAll(Predicate<Run> stays) {
        ledger.stream()
                .filter(run -> run.ends == Long.MAX_VALUE && !stays.test(run))
                .forEach(run -> run.ends = world.now() + world.upTo(5 * World.SECOND));
    }

    Outcome answer(Call call, Worker by, boolean lookUpOnly) {
        if (world.now() < awayUntil) {
            return new Outcome.Unreachable("away");
        }
        return switch (call.op()) {
            case CREATE -> create(call, by);
            case OCCUPY -> lookUpOnly ? find(call) : create(call, by);
            case FIND -> find(call);
            case POLL -> trouble.refuse() ? new Outcome.Unreachable("503") : told(run(call), by);
            case DELETE -> delete(run(call), by);
            case CHECK, SLOT, EXPIRE -> throw new AssertionError("no call: " + call.op());
        };
    }

    private Outcome create(Call call, Worker by) {
        int luck = trouble.refuse() ? world.random.nextInt(6) : 9;
        var known = known(call.externalKey(), by);
        switch (luck) {
            case 0 -> {
                return new Outcome.Retry(Duration.ofSeconds(world.random.nextInt(5)), "429");
            }
            case 1 -> {
                return new Outcome.Unreachable("503");
            }
            case 2 -> {
                return new Outcome.Unknown("Bug: " + world.random.nextInt(), true);
            }
            case 3 -> {
                if (known == null) {
                    return new Outcome.Rejected(
                            new JobError(JobError.Kind.SYSTEM, "E", "e", world.random.nextBoolean(), null));
                }
            }
            default -> {
                if (known == null) {
                    known = begin(call, by);
                }
            }
        }
        return luck == 4 ? new Outcome.Unknown("500", false) : new Outcome.Exists(handle(known), List.of());
    }

    /** What a create of this key adopts, if anything. */
    private @Nullable Run known(String key, Worker by) {
        return ledger.stream()
                .filter(run -> run.key.equals(key) && switch (guarantee) {
                    case ADOPT, TOKEN -> true;
                    case NONE -> run.by == by;
                    case SEARCH -> false;
                })
                .findFirst()
                .orElse(null);
    }

    private Run begin(Call call, Worker by) {
        var run = new Run(call, by, world);
        if (guarantee != Guarantee.NONE) {
            for (var other : ledger()) {
                if (other.key.equals(run.key)) {
                    world.wrong("created twice: " + run);
                } else if (other.id.equals(run.id) && other.fate == Fate.RUNNING) {
                    world.wrong(run + " begins while " + other + " runs");
                }
            }
        }
        ledger.add(run);
        world.say(() -> "the platform runs " + run);
        return run;
    }

    private Outcome find(Call call) {
        return ledger.stream()
                .filter(run -> run.key.equals(call.externalKey()) && run.indexed <= world.now())
                .findFirst()
                .<Outcome>map(run -> new Outcome.Exists(handle(run), List.of()))
                .orElseGet(Outcome.Absent::new);
    }

    private Run run(Call call) {
        var handle = call.job().attempt().handle();
        return ledger.get(Integer.parseInt(handle.value()));
    }

    private Handle handle(Run run) {
        return new Handle("sim", "1", 1, Integer.toString(ledger.indexOf(run)));
    }

    private Outcome delete(Run run, Worker by) {
        settle(run);
        if (trouble.refuse()) {
            return new Outcome.Unreachable("503");
        }
        if (run.fate == Fate.RUNNING) {
            if (world.random.nextInt(3) == 0) {
                // it takes a while to stop
                run.ends = Math.min(run.ends, world.now() + world.upTo(3 * World.SECOND));
                run.end = Fate.CANCELLED;
            } else {
                run.fate = Fate.CANCELLED;
            }
        }
        return told(run, by);
    }

    private void settle(Run run) {
        if (run.fate == Fate.RUNNING && guarantee == Guarantee.NONE && run.by.dead()) {
            run.fate = Fate.DEAD;
        }
        if (run.fate == Fate.RUNNING && run.ends <= world.now()) {
            run.fate = run.end;
        }
    }

    private Outcome told(Run run, Worker by) {
        settle(run);
        if (guarantee == Guarantee.NONE && run.by != by) {
            return new Outcome.Gone();
        }
        return switch (run.fate) {
            case RUNNING -> new Outcome.Running(world.oneIn(4), "at work", world.random.nextInt(4) / 4.0, List.of(),
                    null, null);
            case SUCCEEDED -> new Outcome.Succeeded(Bytes.of(new byte[]{1}), null);
            case FAILED -> new Outcome.Failed(new JobError(JobError.Kind.SYSTEM, "E", "e", run.retryable, null));
            case CANCELLED -> new Outcome.Cancelled();
            case DEAD -> new Outcome.Gone();
        };
    }
}
