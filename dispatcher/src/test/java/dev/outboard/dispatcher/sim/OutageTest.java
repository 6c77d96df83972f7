package dev.outboard.dispatcher.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Condition.Type;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.State;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The platform is away for ten minutes. Jobs in every state are cancelled meanwhile, and workers die: every cancel that
 * was accepted is told as owed while it lasts, and honoured afterwards. {@code -Dsim.outages=N} for more seeds.
 */
class OutageTest {
    private static final long SEEDS = Long.getLong("sim.outages", 100);
    private static final int JOBS = 6;
    private static final long OUTAGE = 10 * World.MINUTE;

    private final Set<State> cancelledIn = EnumSet.noneOf(State.class);
    private int told;

    @ParameterizedTest
    @EnumSource
    void everyCancelThatIsOwedOutlastsTenMinutesWithoutThePlatform(Guarantee guarantee) {
        int owed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var simulation = new Simulation(seed, Faults.ofWorkers(guarantee, 2), Mutation.NONE, 0, new States(),
                    Long.getLong("sim.seed", -1) == seed);
            simulation.client(this::outage);
            // the run ends with the checker's word: every job has ended, and the platform runs nothing that has no job
            assertEquals(List.of(), simulation.run().wrongs(), guarantee + ", seed " + seed);
            owed += simulation.story.owed.size();
        }
        System.out.printf("simulation: %d cancels owed in an outage, of %s, %d of them to the platform%n", owed,
                cancelledIn, told);
        assertTrue(cancelledIn.containsAll(EnumSet.of(State.QUEUED, State.WAITING, State.SUBMITTING, State.RUNNING)),
                "cancelled only in " + cancelledIn);
        assertTrue(told > SEEDS, "too few cancels were owed to the platform: " + told);
    }

    private void outage(Client client) {
        var simulation = client.simulation();
        var world = client.world;
        int before = 1 + world.random.nextInt(JOBS);
        for (int number = 1; number <= before; number++) {
            client.create(simulation.id(number), true, 0, null);
            client.sleep(world.upTo(800 * World.MILLI), "lets some begin");
        }
        simulation.platform.away(OUTAGE);
        long back = world.now() + OUTAGE;
        for (int number = 1; number <= JOBS; number++) {
            if (number > before) {
                client.create(simulation.id(number), true, 0, null);
            }
            client.sleep(world.upTo(world.oneIn(2) ? 20 * World.MILLI : 50 * World.SECOND), "lets it be tried");
            if (!world.oneIn(4)) {
                cancel(client, simulation.id(number));
            }
        }
        client.sleep(back - World.SECOND - world.now(), "waits");
        for (int number = 1; number <= JOBS; number++) {
            toldAsOwed(client, simulation.id(number));
        }
        client.sleep(2 * World.SECOND, "sees it come back");
    }

    private void cancel(Client client, JobId id) {
        var job = latest(client, id);
        for (int tries = 0; tries < 20 && !owed(client, id); tries++) {
            client.cancel(id);
        }
        if (owed(client, id)) {
            cancelledIn.add(job == null ? State.QUEUED : job.state());
        }
    }

    /** What the log says, a second before the platform is back. */
    private void toldAsOwed(Client client, JobId id) {
        var job = latest(client, id);
        if (job == null || !owed(client, id) || job.state().terminal()) {
            // ended without the platform, or before it went away
            return;
        }
        boolean owes = job.condition(Type.CANCEL_OWED) != null && job.condition(Type.PLATFORM_UNREACHABLE) != null;
        if (job.state() != State.CANCELLING || job.cancel() == null || !owes) {
            client.world.wrong("a cancel is owed, and nobody is told: " + job);
        }
        told++;
    }

    private static boolean owed(Client client, JobId id) {
        return client.simulation().story.owed.stream().anyMatch(owed -> owed.id().equals(id));
    }

    private static @Nullable Job latest(Client client, JobId id) {
        return client.simulation().cluster.partition(id.partition(Simulation.PARTITIONS)).latest.get(id);
    }
}
