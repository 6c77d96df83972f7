package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.dispatcher.lane.Effects;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries a worker's calls to the platform, as the workers' runtime does: spec, lease, request, reply, and a deadline
 * over all of it. Requests and replies are lost, late, or come twice.
 */
final class Calls implements Effects {
    static final long DEADLINE = 5 * World.SECOND;
    /** After its deadline a request may still land this much later; the core's margin is a minute. */
    private static final long STRAY = 50 * World.SECOND;

    private enum Stage {
        WAITING, CALLING, DONE
    }

    private final Worker worker;
    private final World world;
    private final Platform platform;
    private final Mutation mutation;
    private final Map<JobId, Flight> latest = new HashMap<>();
    private int underWay;

    Calls(Worker worker, Platform platform, Mutation mutation) {
        this.worker = worker;
        this.platform = platform;
        this.mutation = mutation;
        world = worker.world;
    }

    int underWay() {
        return underWay;
    }

    @Override
    public void start(Call call, Consumer<Outcome> done) {
        var flight = new Flight(call, done);
        latest.put(call.job().id(), flight);
        underWay++;
        worker.within(world.moment(), flight::begin);
        worker.within(DEADLINE, flight::expire);
    }

    /** One call on its way; whoever is first to end it delivers the one outcome. */
    private final class Flight {
        private final Call call;
        private final Consumer<Outcome> done;
        private final long begun = world.now();
        private Stage stage = Stage.WAITING;

        private Flight(Call call, Consumer<Outcome> done) {
            this.call = call;
            this.done = done;
        }

        private void begin() {
            if (stage != Stage.WAITING) {
                return;
            }
            boolean asks = call.op() == Op.CREATE || call.op() == Op.OCCUPY || call.op() == Op.CHECK;
            if (asks && !readable()) {
                end(call.op() == Op.CHECK ? new Outcome.NotStarted() : new Outcome.Unreachable("no spec"));
            } else if (!call.lease().getAsBoolean()) {
                end(new Outcome.NotStarted());
            } else if (call.op() == Op.CHECK) {
                end(new Outcome.Checked(worker.trouble().refuse() ? JobError.user("Bad", "bad") : null));
            } else {
                stage = Stage.CALLING;
                send();
            }
        }

        private boolean readable() {
            try {
                call.spec().call();
                return true;
            } catch (Exception e) {
                return false;
            }
        }

        private void send() {
            var trouble = worker.trouble();
            if (!trouble.request()) {
                fly(world.moment());
                return;
            }
            // nothing on the way repeats a create: that is the core's to do
            boolean repeatable = call.op() != Op.CREATE && call.op() != Op.OCCUPY;
            switch (world.random.nextInt(repeatable ? 3 : 2)) {
                case 0 -> world.say(() -> this + " is lost");
                case 1 -> fly(longest());
                default -> {
                    fly(world.moment());
                    fly(longest());
                }
            }
        }

        private long longest() {
            return world.upTo(begun + DEADLINE + STRAY - world.now());
        }

        private void fly(long time) {
            platform.flying++;
            world.at(time, this::lands);
        }

        /** The platform gets it, maybe long after its sender has given up, or died. */
        private void lands() {
            platform.flying--;
            var outcome = platform.answer(call, worker, mutation == Mutation.NO_LOOK_UP);
            world.say(() -> this + " lands: " + outcome);
            if (worker.trouble().reply()) {
                switch (world.random.nextInt(3)) {
                    case 0 -> {
                        world.say(() -> this + ": the reply is lost");
                        return;
                    }
                    case 1 -> {
                        worker.within(world.upTo(2 * DEADLINE), () -> end(outcome));
                        return;
                    }
                    default -> worker.within(world.upTo(DEADLINE), () -> end(outcome));
                }
            }
            worker.within(world.moment(), () -> end(outcome));
        }

        private void expire() {
            boolean handled = call.op() == Op.POLL || call.op() == Op.DELETE;
            switch (stage) {
                case WAITING -> end(handled ? new Outcome.Unreachable("too busy") : new Outcome.NotStarted());
                case CALLING -> end(handled
                        ? new Outcome.Unreachable("no answer")
                        : call.op() == Op.CHECK
                                ? new Outcome.NotStarted()
                                : new Outcome.Unknown("no answer", false));
                case DONE -> {
                }
            }
        }

        private void end(Outcome outcome) {
            if (stage == Stage.DONE) {
                if (mutation == Mutation.FOREIGN_RESULT) {
                    latest.get(call.job().id()).done.accept(outcome);
                }
                return;
            }
            stage = Stage.DONE;
            underWay--;
            done.accept(outcome);
            worker.wake();
        }

        @Override
        public String toString() {
            return call.op() + " of " + Names.of(call.job().id()) + " attempt " + call.job().attempt().number() + " by "
                    + worker.name;
        }
    }
}
