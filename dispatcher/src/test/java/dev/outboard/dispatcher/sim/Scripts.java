package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.State;
import java.time.Duration;
import java.util.function.Consumer;

/** What clients do. */
final class Scripts {
    private Scripts() {}

    /** Creates a few jobs, some of them as others do, and reads, cancels and replays as it likes. */
    static Consumer<Client> random() {
        return client -> {
            var world = client.world;
            int jobs = 1 + world.random.nextInt(3);
            for (int round = 3 + world.random.nextInt(10); round > 0; round--) {
                int number = world.random.nextInt(jobs);
                var id = client.simulation().id(number);
                switch (world.random.nextInt(8)) {
                    case 0, 1, 2 -> client.create(id, true, world.random.nextInt(8) / 7,
                            world.oneIn(4) ? Duration.ofSeconds(20) : null);
                    case 3 -> client.cancel(id);
                    default -> client.read(id, world.random.nextBoolean());
                }
                if (client.simulation().trouble.poison()) {
                    client.simulation().cluster.command(id.partition(Simulation.PARTITIONS), id.bytes(),
                            new byte[]{1});
                }
                if (client.simulation().trouble.faults.poison() > 0 && world.oneIn(3)) {
                    client.replay(id);
                }
                client.sleep(world.upTo(world.oneIn(4) ? 6 * World.SECOND : 300 * World.MILLI), "thinks");
            }
        };
    }

    /** Create, and read until it has ended. */
    static Consumer<Client> simple() {
        return client -> {
            var id = client.simulation().id(1);
            client.create(id, true, 0, null);
            reads(client, 1);
        };
    }

    /** Cancel as soon as its create may be in flight. */
    static Consumer<Client> cancelWhileSubmitting() {
        return client -> {
            var id = client.simulation().id(1);
            client.create(id, true, 0, null);
            for (int i = 0; i < 50; i++) {
                var job = client.read(id, false);
                if (job != null && job.state() == State.SUBMITTING) {
                    break;
                }
                client.sleep(2 * World.MILLI, "waits for SUBMITTING");
            }
            client.cancel(id);
            reads(client, 1);
        };
    }

    /** The owners of two jobs are expelled while calls are under way, and do not know. */
    static Consumer<Client> takeover() {
        return client -> {
            client.create(client.simulation().id(1), true, 0, null);
            client.create(client.simulation().id(3), true, 0, null);
            client.sleep(40 * World.MILLI, "lets it begin");
            expelAll(client);
            client.sleep(500 * World.MILLI, "lets it be taken over");
            expelAll(client);
            reads(client, 1);
            reads(client, 3);
        };
    }

    private static void expelAll(Client client) {
        var group = client.simulation().cluster.group;
        group.ports().forEach(port -> group.remove(port, "is expelled and does not know"));
    }

    private static void reads(Client client, int number) {
        for (int i = 0; i < 12; i++) {
            var job = client.read(client.simulation().id(number), i % 2 == 0);
            if (job != null && job.state().terminal()) {
                return;
            }
            client.sleep(World.SECOND, "polls");
        }
    }
}
