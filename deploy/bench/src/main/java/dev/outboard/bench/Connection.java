package dev.outboard.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One kept-alive HTTP/1.1 connection to this machine, and nothing more: the JDK's client costs more than what is measured.
 * Used by one thread.
 */
public final class Connection implements AutoCloseable {
    private static final String LENGTH = "Content-Length";
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[16 * 1024];
    private int headEnd;
    private int end;

    /** @throws BenchFailed if nobody listens there */
    public Connection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new BenchFailed("no connection to port " + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * A request.
     *
     * @param headers lines, each with its CRLF
     */
    public static byte[] request(String method, String path, String headers, byte[] body) {
        var head = (method + " " + path + " HTTP/1.1\r\nHost: bench\r\n" + headers
                + (body.length == 0 ? "" : LENGTH + ": " + body.length + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    public static byte[] get(String path) {
        return request("GET", path, "", new byte[0]);
    }

    /** Sends a request and reads the answer, which must have this status. */
    void send(byte[] request, int status) throws IOException {
        int told = exchange(request);
        if (told != status) {
            throw new IOException("answered " + told + " instead of " + status + ": " + body());
        }
    }

    /** Sends a request and reads the answer; returns its status. */
    public int exchange(byte[] request) throws IOException {
        out.write(request);
        headEnd = 0;
        end = 0;
        while (headEnd == 0) {
            fill();
            findHeadEnd();
        }
        int total = headEnd + header(LENGTH).map(Integer::parseInt).orElse(0);
        if (total > buffer.length) {
            buffer = Arrays.copyOf(buffer, total);
        }
        while (end < total) {
            fill();
        }
        return Integer.parseInt(new String(buffer, 9, 3, StandardCharsets.US_ASCII));
    }

    /** Sends this over and over; closing it closes this connection. */
    Caller caller(byte[] request, int status) {
        return new Caller() {
            @Override
            public void call() throws IOException {
                send(request, status);
            }

            @Override
            public void close() {
                Connection.this.close();
            }
        };
    }

    private void fill() throws IOException {
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        end += count;
    }

    private void findHeadEnd() {
        for (int i = 3; i < end; i++) {
            if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
                headEnd = i + 1;
                return;
            }
        }
    }

    /** A header of the last answer. */
    public Optional<String> header(String name) {
        var head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
        for (int line = head.indexOf('\n') + 1; line > 0; line = head.indexOf('\n', line) + 1) {
            if (head.regionMatches(true, line, name, 0, name.length()) && head.charAt(line + name.length()) == ':') {
                return Optional.of(head.substring(line + name.length() + 1, head.indexOf('\r', line)).strip());
            }
            if (line + 1 >= head.length()) {
                break;
            }
        }
        return Optional.empty();
    }

    /** The last answer's body. */
    public String body() {
        return new String(buffer, headEnd, end - headEnd, StandardCharsets.UTF_8);
    }

    /** The last answer as it came. */
    byte[] answer() {
        return Arrays.copyOf(buffer, end);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new BenchFailed("a connection cannot be closed: " + e.getMessage(), e);
        }
    }
}
