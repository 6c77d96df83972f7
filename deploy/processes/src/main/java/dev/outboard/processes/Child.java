package dev.outboard.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A process that was started by {@link Processes}. Closing it kills it.
 *
 * @param output what it says, standard error included
 */
public record Child(String name, Process process, Path output) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern STATUS = Pattern.compile("VmRSS:\\s*(\\d+) kB");

    /** Waits up to a minute for a line that matches and gives its first group. */
    public String said(String pattern) throws IOException, InterruptedException {
        return said(pattern, LIMIT);
    }

    /** The same with a limit of one's own. */
    public String said(String pattern, Duration limit) throws IOException, InterruptedException {
        var wanted = Pattern.compile(pattern);
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            var match = wanted.matcher(Files.readString(output));
            if (match.find()) {
                return match.group(1);
            }
            if (ended || System.nanoTime() > deadline) {
                var lines = Files.readAllLines(output);
                throw new ProcessFailed((ended
                        ? "the " + name + " process has ended: "
                        : "the " + name + " process is not ready within " + limit.toSeconds() + " s: ")
                        + String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size())));
            }
            Thread.sleep(20);
        }
    }

    /** What it holds of the machine's memory, in MiB. */
    public double residentMebibytes() throws IOException, InterruptedException {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (Files.exists(status)) {
            var match = STATUS.matcher(Files.readString(status));
            if (match.find()) {
                return Long.parseLong(match.group(1)) / 1024.0;
            }
        }
        var ps = new ProcessBuilder(List.of("ps", "-o", "rss=", "-p", Long.toString(process.pid()))).start();
        var told = new String(ps.getInputStream().readAllBytes()).strip();
        if (!told.matches("\\d+")) {
            throw new ProcessFailed("the memory of the " + name + " process cannot be told");
        }
        return Long.parseLong(told) / 1024.0;
    }

    /**
     * Stops it in the middle of whatever it does (SIGSTOP), and lets it go on after that time; returns at once. Another
     * process sees to that, so that none stays stopped for ever if this one is killed meanwhile.
     */
    public void pause(Duration time) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -STOP \"$0\" && sleep \"$1\"; kill -CONT \"$0\"",
                Long.toString(process.pid()), Double.toString(time.toMillis() / 1000.0)).start();
    }

    /** Asks it to end, so that it says good-bye to Kafka; kills it if it does not. */
    public void stop() throws InterruptedException {
        // not Process.destroy: that closes the child's standard input too, which is its leash
        process.toHandle().destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        close();
    }

    /** At once and without its help. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
