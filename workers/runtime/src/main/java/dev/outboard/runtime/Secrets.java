package dev.outboard.runtime;

import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks secrets up in the environment, then in files; the first that has the name wins. Files are read anew each time, for
 * a mounted secret may be rotated. Whatever is handed out is blotted out of texts by {@link #redaction} from then on.
 */
public final class Secrets implements SecretReader {
    /** A secret file may hold at most this many bytes. */
    static final int MAX_BYTES = 64 * 1024;
    /** No separator, so a name stays in its folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,252}");
    private static final Path MOUNTED = Path.of("/etc/secrets");

    private final Map<String, String> environment;
    private final List<Path> folders;
    private final Redaction redaction = new Redaction();

    /**
     * @param environment variables, of which {@code OUTBOARD_SECRET_<NAME>} and Flyte's {@code _FSEC_<NAME>} are read
     * @param folders are searched in this order for a file of the secret's name; one that does not exist is no error
     */
    public Secrets(Map<String, String> environment, List<Path> folders) {
        this.environment = Map.copyOf(environment);
        this.folders = List.copyOf(folders);
    }

    /** This process' secrets: its environment, {@code /etc/secrets} and, if not null, {@code folder}. */
    public static Secrets ofProcess(@Nullable Path folder) {
        var folders = new ArrayList<Path>();
        folders.add(MOUNTED);
        if (folder != null) {
            folders.add(folder);
        }
        return new Secrets(System.getenv(), folders);
    }

    /** Blots out what this has handed out. */
    public Redaction redaction() {
        return redaction;
    }

    /**
     * The secret of this name, without the newline that ends a file. A name is 1 to 253 letters, digits, {@code _ - .},
     * and starts with none of the last two; there is no secret of any other name.
     *
     * @throws UncheckedIOException if there is a file of this name that cannot be read or holds more than 64 KiB
     */
    @Override
    public Optional<String> read(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        var value = inEnvironment(name);
        for (var folder : folders) {
            value = value != null ? value : inFile(folder.resolve(name), name);
        }
        if (value != null) {
            redaction.remember(value);
        }
        return Optional.ofNullable(value);
    }

    private @Nullable String inEnvironment(String name) {
        var variable = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        var ours = environment.get("OUTBOARD_SECRET_" + variable);
        return ours != null ? ours : environment.get("_FSEC_" + variable);
    }

    private static @Nullable String inFile(Path file, String name) {
        // a link is followed: Kubernetes mounts secrets as links
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it holds more than " + MAX_BYTES + " bytes");
            }
            var text = new String(bytes, StandardCharsets.UTF_8);
            return text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw new UncheckedIOException("the secret " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
