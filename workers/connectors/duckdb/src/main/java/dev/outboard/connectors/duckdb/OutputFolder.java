package dev.outboard.connectors.duckdb;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a job's results go: the caller's output prefix if it gave one, else the worker's own data folder. */
final class OutputFolder {
    private OutputFolder() {}

    /**
     * @param prefix the caller's output prefix, or null or blank
     * @return an absolute path; the folder need not exist yet
     * @throws IllegalArgumentException saying why this prefix cannot be written to
     */
    static Path of(@Nullable String prefix, Path dataDir) {
        if (prefix == null || prefix.isBlank()) {
            return dataDir.toAbsolutePath().normalize().resolve("results");
        }
        Path folder = local(prefix.strip());
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException(
                    "the output prefix `" + prefix + "` is a relative path; give an absolute one, or a file: URI");
        }
        Path existing = folder.normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new IllegalArgumentException(
                    "the worker cannot write to the output prefix `" + prefix + "`: see " + existing);
        }
        return folder.normalize();
    }

    private static Path local(String prefix) {
        try {
            if (prefix.regionMatches(true, 0, "file:", 0, 5)) {
                return Path.of(URI.create(prefix));
            }
            if (!prefix.contains("://")) {
                return Path.of(prefix);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("the output prefix `" + prefix + "` is no path: " + e.getReason(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the output prefix `" + prefix
                    + "` is no file: URI of this machine; write file:///folder or an absolute path", e);
        }
        throw new IllegalArgumentException("DuckDB jobs write to local folders only, not to `" + prefix
                + "`; give an absolute path or a file: URI, or leave output_prefix out");
    }
}
