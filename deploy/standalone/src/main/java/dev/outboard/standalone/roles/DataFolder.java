package dev.outboard.standalone.roles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Where a stack keeps its files: a folder the caller named, or one that is removed at the end. */
public record DataFolder(Path path, boolean kept) implements AutoCloseable {

    /** The named folder, or a fresh temporary one. */
    public static DataFolder of(@Nullable Path named, String name) {
        try {
            return named == null
                    ? new DataFolder(Files.createTempDirectory(name), false)
                    : new DataFolder(named.toAbsolutePath().normalize(), true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
    }

    /** Removes it, unless it is the caller's. */
    @Override
    public void close() {
        if (!kept) {
            remove(path);
        }
    }

    /** Removes a folder and what is in it; what cannot be removed stays. */
    public static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException _) {
            // a temporary folder: the system clears it
        }
    }
}
