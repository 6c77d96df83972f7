package dev.outboard.runtime.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes one file below a folder that it cannot be led out of: no link below it is followed. */
final class OutputFile {
    private OutputFile() {}

    /** Something is at the file's place, or on the way to it, that must not be replaced. */
    static final class InTheWay extends IOException {
        private static final long serialVersionUID = 1;

        InTheWay(String message) {
            super(message);
        }
    }

    /**
     * A reader sees no file, an old one or this one; when this returns also after a power failure.
     *
     * @param root real path of a folder
     * @param file below it, without {@code ..}
     */
    static void write(Path root, Path file, byte[] content) throws IOException {
        var folder = root;
        for (var name : root.relativize(file)) {
            if (Files.isSymbolicLink(folder.resolve(name))) {
                throw new InTheWay(folder.resolve(name) + " is a link, which is not followed");
            }
            if (!folder.resolve(name).equals(file)) {
                folder = folder(folder, folder.resolve(name));
            }
        }
        // whatever somebody changed on the way meanwhile
        if (!folder.toRealPath().equals(folder)) {
            throw new InTheWay(folder + " leads elsewhere");
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new InTheWay(file + " is a folder");
        }
        replace(folder, file, content);
    }

    private static Path folder(Path parent, Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(folder);
                force(parent);
            } catch (FileAlreadyExistsException e) {
                // made by another just now, unless it is something else
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw new InTheWay(folder + " is no folder");
                }
            }
        }
        return folder;
    }

    private static void replace(Path folder, Path file, byte[] content) throws IOException {
        var part = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (var out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (var rest = ByteBuffer.wrap(content); rest.hasRemaining();) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void force(Path folder) throws IOException {
        try (var entries = FileChannel.open(folder)) {
            entries.force(true);
        }
    }
}
