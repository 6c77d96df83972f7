package dev.outboard.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of server-sent events that hides nothing. */
public final class Events implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private final Socket socket;
    private final BufferedReader in;
    public final String head;
    private String chunk = "";

    public Events(int port, String path, String... headers) {
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            var request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers)
                    + (headers.length > 0 ? "\r\n" : "") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var lines = new ArrayList<String>();
            for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                lines.add(line);
            }
            head = String.join("\n", lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of the next block, such as of an event; null at the stream's end. */
    public List<String> next() {
        try {
            int end = chunk.indexOf("\n\n");
            while (end < 0) {
                int size = Integer.parseInt(in.readLine(), 16);
                var more = new char[size];
                for (int n = 0; n < size;) {
                    n += in.read(more, n, size - n);
                }
                in.readLine();
                if (size == 0) {
                    return null;
                }
                chunk += new String(more);
                end = chunk.indexOf("\n\n");
            }
            var block = chunk.substring(0, end).lines().toList();
            chunk = chunk.substring(end + 2);
            return block;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
