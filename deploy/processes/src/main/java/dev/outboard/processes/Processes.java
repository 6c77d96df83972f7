package dev.outboard.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every process that a tool starts, and the temporary folder with all that they write. Safe for many threads. */
public final class Processes implements AutoCloseable {
    /** By name: it is part of the program that is built upon this module. */
    private static final String LOG_SETUP = "dev.outboard.standalone.log.LogSetup";

    private final Path folder;
    private final List<Child> children = new ArrayList<>();
    private boolean closed;

    /** @param tool names the folder */
    public Processes(String tool) {
        try {
            folder = Files.createTempDirectory("outboard-" + tool + "-");
        } catch (IOException e) {
            throw new ProcessFailed("no temporary folder can be made: " + e.getMessage(), e);
        }
    }

    public Path folder() {
        return folder;
    }

    /**
     * Starts a program with this JVM's own flags and class path.
     *
     * @param name of its log file
     * @param entry one more entry of its class path, or empty
     */
    public Child start(String name, String entry, String mainClass, String... args) {
        return start(name, List.of(), entry, mainClass, args);
    }

    /** The same with more flags for its JVM, which win over this one's own. */
    public synchronized Child start(String name, List<String> flags, String entry, String mainClass, String... args) {
        if (closed) {
            throw new ProcessFailed("no process is started any more");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean()
                .getInputArguments()
                .stream()
                // a debugger's or profiler's port would be taken
                .filter(flag -> !flag.startsWith("-agent") && !flag.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(flags);
        var classPath = System.getProperty("java.class.path") + (entry.isEmpty() ? "" : File.pathSeparator + entry);
        // logs as the roles log, whatever speaks first in the process; unpacked native libraries go with the folder
        command.addAll(List.of("-Djava.util.logging.config.class=" + LOG_SETUP, "-Djava.io.tmpdir=" + folder, "-cp",
                classPath, Leash.class.getName(), mainClass));
        command.addAll(List.of(args));
        var output = folder.resolve(name + ".log").toFile();
        try {
            var process = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            var child = new Child(name, process, output.toPath());
            children.add(child);
            return child;
        } catch (IOException e) {
            throw new ProcessFailed("no process can be started: " + e.getMessage(), e);
        }
    }

    /** Kills them all and removes the folder: nothing of it is wanted any more. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        children.reversed().forEach(Child::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ProcessFailed("folder " + folder + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /** True once it stops, by itself or because of Ctrl-C. */
    public synchronized boolean closed() {
        return closed;
    }
}
