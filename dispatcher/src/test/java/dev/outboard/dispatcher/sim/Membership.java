package dev.outboard.dispatcher.sim;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one client believes of its place in the group: true as of its last heartbeat. */
final class Membership {
    private final Group group;
    private final SimPort port;
    /** Its partitions, and the generation since which each is its own. */
    private final Map<Integer, Integer> owned = new TreeMap<>();
    private int generation;

    Membership(Group group, SimPort port) {
        this.group = group;
        this.port = port;
        group.join(port);
    }

    int generation() {
        return generation;
    }

    /** A heartbeat's answer is taken in, as a poll does: who was expelled loses everything and rejoins. */
    void heard(Set<Integer> lost, Set<Integer> gained) {
        var member = group.member(port);
        if (member == null) {
            lost.addAll(owned.keySet());
            owned.clear();
            generation = group.join(port).epoch;
            return;
        }
        owned.forEach((p, since) -> {
            if (!since.equals(member.owned.get(p)) || member.asked.contains(p)) {
                lost.add(p);
            }
        });
        owned.keySet().removeAll(lost);
        if (!member.asked.isEmpty()) {
            group.given(member);
        }
        member.owned.forEach((p, since) -> {
            if (!member.asked.contains(p) && owned.put(p, since) == null) {
                gained.add(p);
            }
        });
        generation = member.epoch;
    }

    /** For the count of states. */
    int hash() {
        return owned.keySet().hashCode();
    }
}
