package dev.outboard.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Against a server that answers what it is told to, a few bytes at a time. */
class ConnectionTest {
    private static final String BIG = "x".repeat(50_000);

    private static void serve(ServerSocket server, List<String> answers) {
        Thread.startVirtualThread(new FutureTask<>(() -> {
            try (var socket = server.accept()) {
                socket.setTcpNoDelay(true);
                for (var answer : answers) {
                    while (socket.getInputStream().read() != '!') {
                        // a request ends so here
                    }
                    var bytes = answer.getBytes(StandardCharsets.UTF_8);
                    for (int at = 0; at < bytes.length; at += 7_001) {
                        socket.getOutputStream().write(bytes, at, Math.min(7_001, bytes.length - at));
                        socket.getOutputStream().flush();
                    }
                }
            }
            return null;
        }));
    }

    @Test
    void readsAnswerAfterAnswer() throws IOException {
        var first = "HTTP/1.1 201 Created\r\nContent-Length: 5\r\nLocation: /jobs/j1\r\n\r\nh\u00e9ll";
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            serve(server, List.of(first, "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n",
                    "HTTP/1.1 200 OK\r\ncontent-length: 50000\r\n\r\n" + BIG,
                    "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nlate"));
            try (var connection = new Connection(server.getLocalPort())) {
                var request = "GET /!".getBytes(StandardCharsets.US_ASCII);
                connection.send(request, 201);
                assertEquals("h\u00e9ll", connection.body());
                assertEquals(Optional.of("/jobs/j1"), connection.header("Location"));
                assertEquals(Optional.empty(), connection.header("Loc"));
                assertArrayEquals(first.getBytes(StandardCharsets.UTF_8), connection.answer());
                connection.send(request, 204);
                assertEquals("", connection.body());
                connection.send(request, 200);
                assertEquals(BIG, connection.body());
                var wrong = assertThrows(IOException.class, () -> connection.send(request, 200));
                assertEquals("answered 503 instead of 200: late", wrong.getMessage());
                assertTrue(assertThrows(IOException.class, () -> connection.send(request, 200)).getMessage() != null);
            }
        }
    }

    @Test
    void aBodyIsSentWithItsLength() {
        assertEquals("POST /a HTTP/1.1\r\nHost: bench\r\nX: y\r\nContent-Length: 2\r\n\r\nhi",
                new String(Connection.request("POST", "/a", "X: y\r\n", new byte[]{'h', 'i'}),
                        StandardCharsets.US_ASCII));
        assertEquals("GET /a HTTP/1.1\r\nHost: bench\r\n\r\n",
                new String(Connection.get("/a"), StandardCharsets.US_ASCII));
    }
}
