package dev.outboard.crash.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that processes keep over their restarts. */
final class Ports {
    /** Below those that systems hand out to callers: a dead process's port must not become a caller's own. */
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    private Ports() {}

    static List<Integer> free(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                ports.add(port);
            } catch (IOException _) {
                // taken: another
            }
        }
        return List.copyOf(ports);
    }
}
