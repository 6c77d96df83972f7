package dev.outboard.dispatcher.sim;

/** What runs in the world by itself: a worker's loop, a client. It can be stopped for a while, or for good. */
abstract class Task {
    final World world;
    final String name;
    private final Fiber fiber;
    private boolean dead;
    private long frozenUntil;
    /** Which sleep a waking is meant for. */
    private long sleep;
    /** What it is at, for the count of states. */
    String phase = "";

    Task(World world, String name) {
        this.world = world;
        this.name = name;
        fiber = new Fiber(this::run);
        long first = sleep;
        world.at(world.moment(), () -> resume(first));
    }

    abstract void run();

    boolean dead() {
        return dead;
    }

    boolean frozen() {
        return frozenUntil > world.now();
    }

    void die() {
        dead = true;
    }

    /** Nothing of it runs for so long. */
    void freeze(long time) {
        frozenUntil = world.now() + time;
    }

    /** Told at each of its steps; it may die or freeze right there. */
    void before() {}

    private void resume(long which) {
        if (which != sleep) {
            return;
        }
        if (!dead && !frozen()) {
            before();
        }
        if (dead) {
            return;
        }
        if (frozen()) {
            world.at(frozenUntil - world.now(), () -> resume(which));
            return;
        }
        sleep++;
        world.current = this;
        try {
            fiber.run();
        } finally {
            world.current = null;
        }
        dead |= fiber.done();
    }

    /** From inside: goes on after so long, or when woken. */
    void sleep(long time, String what) {
        phase = what;
        long which = sleep;
        world.at(time, () -> resume(which));
        Fiber.yield();
    }

    /** From inside: somebody else may be next. */
    void step(String what) {
        sleep(world.moment(), what);
    }

    /** What it waits for may have come. */
    void wake() {
        long which = sleep;
        world.at(world.upTo(4 * World.MILLI), () -> resume(which));
    }

    /** Runs this as a thread of its process would: not while it is frozen, and not at all once it is dead. */
    void within(long delay, Runnable action) {
        world.at(delay, () -> {
            if (frozen()) {
                within(frozenUntil - world.now(), action);
            } else if (!dead) {
                action.run();
            }
        });
    }
}
