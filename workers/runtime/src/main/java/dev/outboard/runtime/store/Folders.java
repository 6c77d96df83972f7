package dev.outboard.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folders below which files may be written, as the operator named them. */
record Folders(List<Folder> all) {

    /** A jobs' caller may know it by its name, where that leads through links of the operator's. */
    private record Folder(Path named, Path real) {}

    /** A place below one of them; {@code root} is a real path. */
    record Below(Path root, Path file) {}

    /**
     * @param text absolute paths of folders that exist, separated by commas; may be empty
     * @throws IllegalArgumentException naming the one that is none
     */
    static Folders of(String text) {
        return new Folders(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Folders::folder)
                .toList());
    }

    private static Folder folder(String text) {
        try {
            var path = Path.of(text);
            if (path.isAbsolute() && Files.isDirectory(path)) {
                return new Folder(path.normalize(), path.toRealPath());
            }
        } catch (IOException | InvalidPathException e) {
            throw unusable(text, e);
        }
        throw unusable(text, null);
    }

    private static IllegalArgumentException unusable(String text, @Nullable Exception cause) {
        return new IllegalArgumentException("file's setting `folders` must be absolute paths of folders that exist, "
                + "separated by commas; `" + text + "` is none", cause);
    }

    boolean none() {
        return all.isEmpty();
    }

    /** @param path absolute, without {@code ..}; null if it is below none of them */
    @Nullable
    Below locate(Path path) {
        for (var folder : all) {
            for (var root : List.of(folder.named(), folder.real())) {
                if (path.startsWith(root) && !path.equals(root)) {
                    return new Below(folder.real(), folder.real().resolve(root.relativize(path)));
                }
            }
        }
        return null;
    }
}
