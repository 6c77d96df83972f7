package dev.outboard.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker process that a test may kill; it ends with the test's JVM. */
record Child(Process process, BufferedReader out) implements AutoCloseable {

    static Child start(Path dir, int port, String... more) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                Broker.class.getName(), dir.toString(), String.valueOf(port)));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).start();
        return new Child(process, process.inputReader());
    }

    String awaitReady() throws IOException {
        var line = out.readLine();
        if (line == null || !line.startsWith("READY ")) {
            throw new IOException("no READY but " + line + "; " + process.errorReader().readLine());
        }
        return line.substring("READY ".length());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the broker process did not end within 30 s");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
