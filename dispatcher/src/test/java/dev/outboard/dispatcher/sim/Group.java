package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.log.LogFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The workers' group, with what was measured of KIP-848: positions are fenced by the member's generation and not by who
 * owns the partition; who was expelled learns of it by a heartbeat, and then rejoins by itself.
 */
final class Group {
    private final World world;
    private final int partitions;
    private final Map<SimPort, Member> members = new LinkedHashMap<>();
    private int epoch;

    /** A member, as the coordinator sees it. */
    static final class Member {
        int epoch;
        /** Its partitions, and the generation since which each is its own. */
        final Map<Integer, Integer> owned = new TreeMap<>();
        /** What it is asked to give back. */
        final Set<Integer> asked = new TreeSet<>();
    }

    Group(World world, int partitions) {
        this.world = world;
        this.partitions = partitions;
    }

    @Nullable
    Member member(SimPort port) {
        return members.get(port);
    }

    List<SimPort> ports() {
        return new ArrayList<>(members.keySet());
    }

    Member join(SimPort port) {
        var member = new Member();
        members.put(port, member);
        world.say(() -> port + " joins");
        balance();
        return member;
    }

    /** It left, or its session ended, or the coordinator lost it: it may not know. */
    void remove(SimPort port, String why) {
        if (members.remove(port) != null) {
            world.say(() -> port + " " + why);
            balance();
        }
    }

    /** It has dropped what it was asked for. */
    void given(Member member) {
        member.owned.keySet().removeAll(member.asked);
        member.asked.clear();
        balance();
    }

    /** Asks whoever owns this partition to give it back, for no reason. */
    void handOver(int partition) {
        members.forEach((port, member) -> {
            if (member.owned.containsKey(partition)) {
                member.asked.add(partition);
                port.wake();
            }
        });
    }

    void wakeOwner(int partition) {
        members.forEach((port, member) -> {
            if (member.owned.containsKey(partition)) {
                port.wake();
            }
        });
    }

    /** As the broker does it: the current generation passes for any partition, an older one if it is its own since. */
    void check(SimPort port, int claimed, int partition) {
        var member = members.get(port);
        var since = member == null ? null : member.owned.get(partition);
        if (member == null || claimed != member.epoch && (since == null || claimed < since)) {
            throw new LogFailure("positions of " + partition + " by generation " + claimed + " of " + port
                    + " are refused: it is stale");
        }
    }

    private void balance() {
        if (members.isEmpty()) {
            return;
        }
        var free = new TreeSet<Integer>();
        for (int p = 0; p < partitions; p++) {
            int number = p;
            if (members.values().stream().noneMatch(m -> m.owned.containsKey(number))) {
                free.add(p);
            }
        }
        // every member moves on with the group, whether or not its own partitions change
        epoch++;
        members.values().forEach(m -> m.epoch = epoch);
        var bySize = Comparator.<Map.Entry<SimPort, Member>>comparingInt(e -> e.getValue().owned.size());
        for (int p : free) {
            var to = members.entrySet().stream().min(bySize).orElseThrow();
            to.getValue().owned.put(p, epoch);
            to.getKey().wake();
            world.say(() -> "partition " + p + " is given to " + to.getKey() + ", generation " + epoch);
        }
        var most = members.entrySet().stream().max(bySize).orElseThrow();
        int least = members.values().stream().mapToInt(m -> m.owned.size()).min().orElse(0);
        if (most.getValue().owned.size() > least + 1 && most.getValue().asked.isEmpty()) {
            most.getValue().asked.add(most.getValue().owned.keySet().iterator().next());
            most.getKey().wake();
        }
    }
}
