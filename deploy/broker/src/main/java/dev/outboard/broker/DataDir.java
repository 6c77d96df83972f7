package dev.outboard.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The broker's folder, held by one process at a time.
 *
 * <p>
 * The lock file is also the mark that the folder is ours. It is made before Kafka writes anything, so a crash half-way
 * through the first start leaves a folder that we take again. Kafka's files are in a sub-folder: Kafka refuses a log
 * directory with anything foreign in it, such as a fresh volume's {@code lost+found}.
 */
final class DataDir implements AutoCloseable {
    private static final String MARK = "outboard-broker.lock";

    private final Path dir;
    private final FileChannel channel;

    private DataDir(Path dir, FileChannel channel) {
        this.dir = dir;
        this.channel = channel;
    }

    static DataDir claim(Path dir) {
        try {
            Files.createDirectories(dir);
            if (!Files.exists(dir.resolve(MARK)) && !isEmpty(dir)) {
                throw new BrokerException("folder " + dir + " is not empty and holds no Outboard broker's data");
            }
            return lock(dir);
        } catch (FileAlreadyExistsException e) {
            throw new BrokerException(dir + " is not a folder", e);
        } catch (IOException e) {
            throw new BrokerException("cannot use folder " + dir + ": " + why(e), e);
        }
    }

    /** Such an exception's message is the path alone where the system says no more. */
    private static String why(IOException e) {
        return e instanceof FileSystemException file
                ? Objects.requireNonNullElse(file.getReason(), "it cannot be made or written")
                : String.valueOf(e.getMessage());
    }

    Path kafka() {
        return dir.resolve("kafka");
    }

    @Override
    public void close() {
        try {
            channel.close(); // frees the lock; the file stays as the mark
        } catch (IOException e) {
            throw new BrokerException("cannot free folder " + dir + ": " + e, e);
        }
    }

    private static DataDir lock(Path dir) throws IOException {
        var channel = FileChannel.open(dir.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            var holder = readPid(channel);
            channel.close();
            throw new BrokerException("folder " + dir + " is in use by another broker"
                    + (holder.isEmpty() ? "" : ", process " + holder));
        }
        channel.truncate(0)
                .write(ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataDir(dir, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) { // held by this very JVM
            return null;
        }
    }

    private static String readPid(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }

    private static boolean isEmpty(Path dir) throws IOException {
        try (var files = Files.list(dir)) {
            return files.allMatch(file -> file.endsWith("lost+found"));
        }
    }
}
