package dev.outboard.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a job that is to be sent, or only looked at. */
public final class JobFile {
    /** More than any server takes (4 MiB by default), and little enough to hold; the server has the last word. */
    private static final int MAX_BYTES = 16 << 20;

    private JobFile() {}

    /**
     * The file's bytes, one JSON value.
     *
     * @param name a path, or {@code -} for {@code in}
     * @throws Failure if it cannot be read or is not JSON
     */
    public static byte[] read(String name, InputStream in) {
        var bytes = name.equals("-") ? readAll("standard input", in) : readFile(name);
        try {
            if (Json.parse(bytes).isMissingNode()) {
                throw new Failure(ExitCode.USAGE, name + " is empty", "see examples/duckdb-report.json for a job");
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new Failure(ExitCode.USAGE, name + " is not JSON: " + reason(e)
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"),
                    "mend the file and run the command again");
        }
        return bytes;
    }

    /** The parser's own words speak of its classes and settings in these cases. */
    private static String reason(JsonProcessingException e) {
        return switch (e) {
            case JsonEOFException _ -> "the text breaks off";
            case StreamConstraintsException _ -> "it is nested too deeply, or a name or number in it is too long";
            case MismatchedInputException _ -> "something follows the end of the JSON value";
            default -> Text.oneLine(e.getOriginalMessage());
        };
    }

    private static byte[] readFile(String name) {
        try (var in = Files.newInputStream(Path.of(name))) {
            return readAll(name, in);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw unreadable(name, "no such file");
        } catch (IOException e) {
            throw unreadable(name, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] readAll(String name, InputStream in) {
        try {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unreadable(name, "larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(name, String.valueOf(e.getMessage()));
        }
    }

    private static Failure unreadable(String name, String why) {
        return new Failure(ExitCode.USAGE, "cannot read " + name + ": " + why,
                "name a job file with -f FILE, such as -f examples/duckdb-report.json");
    }
}
