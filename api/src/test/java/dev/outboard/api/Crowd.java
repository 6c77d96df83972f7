package dev.outboard.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Thousands of clients that wait, in a process of their own: each connection costs a file descriptor at both its ends.
 * One thread reads them all, and tells every tenth of a second what they have been told so far.
 */
final class Crowd implements AutoCloseable {
    private static final List<String> WORDS = List.of("event: job\n", ": keep-alive\n", "\n0\r\n\r\n", "HTTP/1.1 200",
            "HTTP/1.1 304");
    private static final int LONGEST = 13;

    /**
     * What they have been told.
     *
     * @param ended streams
     * @param ok answers, those that began a stream included
     */
    record Told(long jobs, long keepAlives, long ended, long ok, long notModified) {
        static final Told NOTHING = new Told(0, 0, 0, 0, 0);
    }

    private final Process process;
    private volatile Told told = Told.NOTHING;

    /** @param jobs the clients are shared out over them */
    Crowd(int port, List<String> jobs, int streams, int polls) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Crowd.class.getName(),
                    Integer.toString(port), String.join(",", jobs), Integer.toString(streams), Integer.toString(polls))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::follow);
    }

    private void follow() {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        lines.lines().forEach(line -> {
            var counts = Stream.of(line.split(" ")).mapToLong(Long::parseLong).toArray();
            told = new Told(counts[0], counts[1], counts[2], counts[3], counts[4]);
        });
    }

    Told told() {
        return told;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What a connection has read last, in case a word is cut in two. */
    private static final class Tail {
        private String text = "";
    }

    public static void main(String[] args) throws IOException {
        var jobs = args[1].split(",");
        int streams = Integer.parseInt(args[2]);
        int polls = Integer.parseInt(args[3]);
        var counts = new long[WORDS.size()];
        try (var selector = Selector.open()) {
            for (int i = 0; i < streams + polls; i++) {
                var path = "/api/v1/jobs/" + jobs[i % jobs.length];
                connect(selector, Integer.parseInt(args[0]), i < streams
                        ? "GET " + path + "/events HTTP/1.1\r\nHost: x\r\n\r\n"
                        : "GET " + path
                                + " HTTP/1.1\r\nHost: x\r\nIf-None-Match: W/\"17.1\"\r\nPrefer: wait=30\r\n\r\n");
            }
            var buffer = ByteBuffer.allocate(1 << 16);
            while (true) {
                selector.select(key -> read(key, buffer, counts), 100);
                System.out.println(String.join(" ", LongStream.of(counts).mapToObj(Long::toString).toList()));
            }
        }
    }

    private static void connect(Selector selector, int port, String request) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Tail());
    }

    private static void read(SelectionKey key, ByteBuffer buffer, long[] counts) {
        try {
            if (((SocketChannel) key.channel()).read(buffer.clear()) < 0) {
                key.channel().close();
                return;
            }
            var tail = (Tail) key.attachment();
            var text = tail.text + StandardCharsets.ISO_8859_1.decode(buffer.flip());
            for (int i = 0; i < counts.length; i++) {
                // what ends within the old part was counted before
                int from = Math.max(0, tail.text.length() - WORDS.get(i).length() + 1);
                for (int at = text.indexOf(WORDS.get(i), from); at >= 0; at = text.indexOf(WORDS.get(i), at + 1)) {
                    counts[i]++;
                }
            }
            tail.text = text.substring(Math.max(0, text.length() - LONGEST));
        } catch (IOException e) {
            key.cancel();
        }
    }
}
