package dev.outboard.runtime.store;

import dev.outboard.spi.OutputStore;
import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.StoreContext;
import dev.outboard.spi.StoreResult;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes to {@code file:} URIs, and only below the folders that the setting {@code folders} names: whoever hands over jobs
 * must not be able to write anywhere else on the worker's machine.
 */
public final class FileStore implements OutputStore {
    private volatile Folders folders = Folders.of("");

    @Override
    public String name() {
        return "file";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public void open(StoreContext context) {
        for (var name : new TreeSet<>(context.settings().keySet())) {
            if (!name.equals("folders")) {
                throw new IllegalArgumentException("file has no setting `" + name + "`; it has folders");
            }
        }
        folders = Folders.of(context.settings().getOrDefault("folders", ""));
    }

    @Override
    public StoreResult write(String uri, byte[] content) throws IOException {
        if (folders.none()) {
            return new StoreResult.NotAllowed(
                    "the worker's setting stores.file.folders, which says below which folders they "
                            + "may be written, is not set");
        }
        var path = path(uri);
        var below = path == null ? null : folders.locate(path);
        if (below == null) {
            return new StoreResult.NotAllowed(
                    "the job's output_prefix is not below one of the folders that the worker's "
                            + "setting stores.file.folders names; give an absolute path below one, without `..`");
        }
        try {
            OutputFile.write(below.root(), below.file(), content);
            return new StoreResult.Stored();
        } catch (AccessDeniedException e) {
            return new StoreResult.Refused(TaskError.system("OutputsRefused", "the worker may not write "
                    + below.file(), false)
                    .next("let the worker's user write there, or give the job another output_prefix")
                    .from(said(Category.AUTH)));
        } catch (OutputFile.InTheWay e) {
            return new StoreResult.Refused(TaskError.user("OutputsRefused", String.valueOf(e.getMessage()))
                    .next("give the job another output_prefix")
                    .from(said(Category.USER)));
        }
    }

    private static PlatformError said(Category category) {
        return new PlatformError("file system", category, null, null, null);
    }

    private static @Nullable Path path(String uri) {
        try {
            var path = Path.of(URI.create(uri));
            for (var name : path) {
                if (name.toString().equals("..") || name.toString().equals(".")) {
                    return null;
                }
            }
            return path;
        } catch (IllegalArgumentException e) {
            // no URI of a path, such as one with a host or a query, or no path of this system
            return null;
        }
    }
}
