package dev.outboard.broker;

import java.util.Arrays;
import java.util.List;

/**
 * The nodes of a cluster, each broker and controller at once, and which of them this one is. It never changes: a cluster's
 * nodes keep their ids and controller ports over restarts.
 *
 * @param node this one's id, at least 1
 * @param voters all of them, this one too, in any order
 */
public record Quorum(int node, List<Voter> voters) {

    /** Where a node's controller listens for the others. */
    public record Voter(int node, String host, int port) {
        @Override
        public String toString() {
            return node + "@" + address();
        }

        String address() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    public Quorum {
        voters = List.copyOf(voters);
        if (voters.stream().filter(voter -> voter.node() == node).count() != 1
                || voters.stream().map(Voter::node).distinct().count() != voters.size()) {
            throw new BrokerException("node " + node + " must be among the voters, and each voter there once");
        }
    }

    /** One node that needs no other. */
    static Quorum alone(int controllerPort) {
        return new Quorum(1, List.of(new Voter(1, "127.0.0.1", controllerPort)));
    }

    /** Reads {@code 1@host:port,2@host:port,3@host:port}, the form of {@code controller.quorum.voters}. */
    public static Quorum of(int node, String voters) {
        return new Quorum(node, Arrays.stream(voters.split(",", -1)).map(Quorum::voter).toList());
    }

    private static Voter voter(String text) {
        if (!text.matches("[1-9]\\d{0,8}@\\S+:\\d{1,5}")) {
            throw new BrokerException("voter '" + text + "' is not ID@HOST:PORT");
        }
        int at = text.indexOf('@');
        int colon = text.lastIndexOf(':');
        var host = text.substring(at + 1, colon).replaceAll("^\\[|]$", "");
        return new Voter(Integer.parseInt(text.substring(0, at)), host, Integer.parseInt(text.substring(colon + 1)));
    }

    Voter self() {
        return voters.stream().filter(voter -> voter.node() == node).findFirst().orElseThrow();
    }

    /** How many replicas each topic of Kafka's own has. */
    int replicas() {
        return Math.min(3, voters.size());
    }
}
