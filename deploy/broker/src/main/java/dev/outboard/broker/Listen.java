package dev.outboard.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the broker listens, and what it tells clients to connect to.
 *
 * @param host address or name to bind; {@code 0.0.0.0} for all interfaces
 * @param advertised host name that clients can reach
 * @param port 1 to 65535, or 0 for any free one
 */
public record Listen(String host, String advertised, int port) {

    public Listen {
        if (port < 0 || port > 65_535) {
            throw new BrokerException("port " + port + " is not in 0..65535");
        }
    }

    /** Reachable from this machine alone: the broker has no authentication. */
    public static Listen loopback(int port) {
        return new Listen("127.0.0.1", "127.0.0.1", port);
    }

    /** Binds {@code host}; clients are told the same name, or this machine's where {@code host} means all interfaces. */
    public static Listen on(String host, int port) {
        return new Listen(host, isWildcard(host) ? localName() : host, port);
    }

    /** As {@code host:port}, the form of {@code bootstrap.servers}. */
    String bootstrap() {
        return bracketed(advertised) + ":" + port;
    }

    String bind() {
        return bracketed(host) + ":" + port;
    }

    /**
     * The same with a port that is free now. A fixed port is tried too, because Kafka would say only after seconds, and in
     * many lines, that it is taken.
     */
    Listen withFreePort() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as Kafka binds: a port in TIME_WAIT is free
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return new Listen(host, advertised, socket.getLocalPort());
        } catch (UnknownHostException e) {
            throw new BrokerException("cannot listen on " + bind() + ": unknown host", e);
        } catch (IOException e) {
            throw new BrokerException("cannot listen on " + bind() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static String localName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "127.0.0.1";
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
