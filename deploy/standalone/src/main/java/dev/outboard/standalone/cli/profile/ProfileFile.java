package dev.outboard.standalone.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where profiles are kept: one JSON file that only its owner may read, replaced in one step.
 *
 * @param path of the file, which need not exist
 */
public record ProfileFile(Path path) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** {@code OUTBOARD_CONFIG}, else {@code outboard/config.json} below {@code XDG_CONFIG_HOME} or {@code ~/.config}. */
    public static ProfileFile of(Map<String, String> environment) {
        var named = environment.getOrDefault("OUTBOARD_CONFIG", "");
        if (!named.isEmpty()) {
            return new ProfileFile(Path.of(named));
        }
        var xdg = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
        var home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "")));
        var base = xdg.isAbsolute() ? xdg : home.resolve(".config"); // as the XDG specification has it
        return new ProfileFile(base.resolve("outboard").resolve("config.json"));
    }

    /** Those in the file; none where there is no file. */
    public Profiles read() {
        try {
            var json = MAPPER.readTree(Files.readAllBytes(path));
            var all = new TreeMap<String, Profile>();
            json.path("profiles").properties().forEach(entry -> all.put(entry.getKey(), profile(entry.getValue())));
            return new Profiles(json.path("current").asText(null), all);
        } catch (NoSuchFileException _) {
            return Profiles.NONE;
        } catch (IOException | IllegalArgumentException _) {
            throw new Failure(ExitCode.USAGE, "the profiles in " + path + " cannot be read",
                    "mend or remove that file, or name another with OUTBOARD_CONFIG");
        }
    }

    private static Profile profile(JsonNode json) {
        if (!json.path("server").isTextual()) {
            throw new IllegalArgumentException("a profile without a server");
        }
        return new Profile(json.path("server").asText(), json.path("token_file").asText(null));
    }

    /** Replaces the file. */
    public void write(Profiles profiles) {
        var json = MAPPER.createObjectNode();
        if (profiles.current() != null) {
            json.put("current", profiles.current());
        }
        var all = json.putObject("profiles");
        profiles.byName().forEach((name, profile) -> {
            var node = all.putObject(name).put("server", profile.server());
            if (profile.tokenFile() != null) {
                node.put("token_file", profile.tokenFile());
            }
        });
        try {
            var target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath(); // a link stays a link
            var folder = Files.createDirectories(target.resolveSibling(""), owner("rwx------"));
            var fresh = Files.createTempFile(folder, ".config", ".json", owner("rw-------"));
            try {
                Files.write(fresh, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, "cannot write " + path + ": " + e.getMessage(),
                    "make its folder writable, or name another file with OUTBOARD_CONFIG");
        }
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
