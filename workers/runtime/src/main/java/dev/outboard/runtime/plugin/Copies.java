package dev.outboard.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Where a worker keeps the jars that it has loaded: copies of its own, for the jobs that still need them once somebody has
 * overwritten or taken away the plug-in's. A lock tells others that they are in use, for as long as the process lives. Any
 * thread.
 */
public final class Copies implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Copies.class.getName());
    private static final String LOCK = "lock";
    /** A folder this young may be another process's that is about to lock it. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path folder;
    private final FileChannel lock;

    private Copies(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes a place for copies in a folder that several workers may share, and removes those of workers that are gone.
     *
     * @throws IOException if it cannot be made
     */
    public static Copies in(Path all) throws IOException {
        Files.createDirectories(all);
        try (var places = Files.list(all)) {
            places.filter(Copies::isLeftBehind).forEach(Copies::remove);
        }
        var own = Files.createTempDirectory(all, "p");
        var lock = FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new Copies(own, lock);
    }

    private static boolean isLeftBehind(Path place) {
        try {
            var file = place.resolve(LOCK);
            if (Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(YOUNG))) {
                return false;
            }
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE); var held = channel.tryLock()) {
                return held != null;
            }
        } catch (IOException | OverlappingFileLockException e) {
            // it is being removed, or is this process's own
            return false;
        }
    }

    /** Copies a plug-in's jars as they are now, to a new folder of the same name. */
    Path of(Path plugin, List<Path> jars) throws IOException {
        var copy = Files.createDirectory(
                Files.createTempDirectory(folder, "c").resolve(String.valueOf(plugin.getFileName())));
        for (var jar : jars) {
            Files.copy(jar, copy.resolve(jar.getFileName()));
        }
        return copy;
    }

    /** Removes a copy that nobody needs any more. */
    void forget(Path copy) {
        remove(copy.resolve("..").normalize());
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be removed, and is not needed: {1}", folder, e.toString());
        }
    }

    /** Removes what is left of them. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the lock of {0} cannot be given back: {1}", folder, e.toString());
        }
        remove(folder);
    }
}
