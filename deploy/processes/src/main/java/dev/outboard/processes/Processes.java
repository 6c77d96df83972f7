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
    private final Thread hook;
    private boolean closed;
    private boolean kept;
    private volatile boolean stopped;

    /**
     * They end with this JVM too, whatever ends it.
     *
     * @param tool names the folder
     */
    public Processes(String tool) {
        try {
            folder = Files.createTempDirectory("outboard-" + tool + "-");
        } catch (IOException e) {
            throw new ProcessFailed("no temporary folder can be made: " + e.getMessage(), e);
        }
        hook = new Thread(this::stop, tool + "-stop");
        Runtime.getRuntime().addShutdownHook(hook);
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
        return start(name, entry, List.of(), mainClass, args);
    }

    /**
     * The same with flags of its own, which win over this JVM's.
     *
     * @param flags of the JVM, such as {@code -Xmx128m}
     */
    public synchronized Child start(String name, String entry, List<String> flags, String mainClass, String... args) {
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

    /** The folder stays when this is closed, for a person to look at. */
    public synchronized void keep() {
        kept = true;
    }

    private void stop() {
        stopped = true;
        close();
    }

    /** Kills them all and, unless it is kept, removes the folder. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!stopped) {
            forgetHook();
        }
        children.reversed().forEach(Child::close);
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ProcessFailed("folder " + folder + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the JVM is about to end, and the hook finds nothing to do
        }
    }

    /** True once Ctrl-C or the like ends the tool: what fails then is nobody's business any more. */
    public boolean stopped() {
        return stopped;
    }
}
