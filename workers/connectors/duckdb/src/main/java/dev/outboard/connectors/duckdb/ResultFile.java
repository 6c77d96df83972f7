package dev.outboard.connectors.duckdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The Parquet file of one attempt. Written beside its final name and moved there in one step, so that whoever sees
 * {@code results.parquet} sees all of it.
 *
 * @param output where results go
 * @param folder the attempt's own, {@code <output>/<job>/<attempt>/<worker>}; a real path
 */
record ResultFile(Path output, Path folder) {

    /** Makes the attempt's folder. */
    static ResultFile prepare(Path output, String jobId, int attempt, String worker) throws IOException {
        Files.createDirectories(output);
        Path real = output.toRealPath();
        Path folder = Files.createDirectories(real.resolve(jobId).resolve(String.valueOf(attempt)).resolve(worker));
        return new ResultFile(real, folder.toRealPath());
    }

    Path written() {
        return folder.resolve(".results.parquet.part");
    }

    Path finished() {
        return folder.resolve("results.parquet");
    }

    /** Gives the file its final name, once its bytes are on the disk. Returns its length in bytes. */
    long publish() throws IOException {
        long bytes;
        try (FileChannel file = FileChannel.open(written(), StandardOpenOption.WRITE)) {
            file.force(true);
            bytes = file.size();
        }
        Files.move(written(), finished(), StandardCopyOption.ATOMIC_MOVE);
        return bytes;
    }

    /** Removes what an unfinished attempt left, and its folders as far as they are empty. */
    void discard() throws IOException {
        Files.deleteIfExists(written());
        for (Path each = folder; each != null && !each.equals(output); each = each.getParent()) {
            try {
                Files.deleteIfExists(each);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return;
            }
        }
    }
}
