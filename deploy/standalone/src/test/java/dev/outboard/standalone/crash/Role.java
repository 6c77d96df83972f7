package dev.outboard.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.standalone.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A role of ./outboard in a process of its own. Closing it kills it, and so does {@link #kill}. */
final class Role implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Role(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Role start(Path dir, String... args) throws IOException {
        return start(System.getProperty("java.class.path"), dir, args);
    }

    /** With a class path of its own. */
    static Role start(String classPath, Path dir, String... args) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                // what a killed process leaves behind (unpacked native libraries) goes with the test's folder
                "-Djava.io.tmpdir=" + dir, "-cp",
                classPath, Main.class.getName()));
        command.addAll(List.of(args));
        var output = Files.createTempFile(dir, args[0] + "-", ".log");
        return new Role(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(),
                output);
    }

    /** Waits for a line that matches and gives its first group. */
    String said(String pattern) {
        var wanted = Pattern.compile(pattern);
        return Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
            assertTrue(process.isAlive(), () -> "ended with " + process.exitValue() + ":\n" + output());
            var match = wanted.matcher(output());
            return match.find() ? match.group(1) : null;
        }, found -> found != null);
    }

    /** The first group of what matches in the output so far. */
    String find(String pattern) {
        var match = Pattern.compile(pattern).matcher(output());
        assertTrue(match.find(), () -> pattern + " is not in\n" + output());
        return match.group(1);
    }

    /** The exit code of a role that ends by itself. */
    int ended(Duration limit) throws InterruptedException {
        assertTrue(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS), () -> "did not end:\n" + output());
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: no hook runs, nothing is flushed, nobody is told. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long pid() {
        return process.pid();
    }

    /** @param name such as STOP */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** SIGINT, as Ctrl-C; returns the exit code. */
    int interrupt() throws IOException, InterruptedException {
        signal("INT");
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), () -> "did not end within 10 s:\n" + output());
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
