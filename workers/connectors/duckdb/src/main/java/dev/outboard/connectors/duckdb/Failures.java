package dev.outboard.connectors.duckdb;

import dev.outboard.spi.TaskError;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Set;

/** In whose hands an error lies. The driver gives neither SQL states nor codes; the class of an error begins its message. */
final class Failures {
    private static final int MAX_LENGTH = 4096;
    private static final Set<String> USERS = Set.of("Parser", "Syntax", "Binder", "Catalog", "Conversion",
            "Invalid Input", "Out of Range", "Constraint", "Divide by Zero", "Decimal", "Mismatch Type",
            "Invalid Type", "Not implemented", "Expression", "Sequence", "Dependency", "Invalid Configuration",
            "Parameter Not Resolved", "Parameter Not Allowed", "Missing Extension", "Object Size", "Settings");

    private Failures() {}

    /** @param settings whose limits a message may have to name */
    static TaskError of(Throwable thrown, Settings settings) {
        if (thrown instanceof UserFault fault) {
            return fault.error();
        }
        String message = clean(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
        if (thrown instanceof FileSystemException file) {
            return TaskError.system("DuckDbFailed", "the worker cannot write `" + file.getFile() + "`: " + why(file),
                    true);
        }
        if (!(thrown instanceof SQLException)) {
            return TaskError.system("DuckDbFailed", thrown.getClass().getSimpleName() + ": " + message, true);
        }
        int end = message.indexOf(" Error: ");
        String kind = end < 0 ? "" : message.substring(0, end);
        // a file that is not there is the statement's; a disk that fails is ours
        if (USERS.contains(kind) || message.startsWith("IO Error: No files found")) {
            return TaskError.user("InvalidQuery", message, RequestCheck.STATEMENT);
        }
        return switch (kind) {
            case "Permission" -> TaskError.user("NotPermitted", message + "\n\nA duckdb task may read "
                    + (settings.folders().isEmpty() ? "no files on this worker" : "only " + settings.folders())
                    + " (the connector's setting `folders`), and may change nothing.", RequestCheck.STATEMENT);
            case "Out of Memory" -> TaskError.user("OutOfMemory", firstParagraph(message) + "\n\nOne query may use "
                    + settings.memoryLimit() + " of memory (the connector's setting `memory-limit`) and "
                    + settings.spillLimit() + " of disk beyond that (`spill-limit`).", RequestCheck.STATEMENT);
            // deterministic as far as anyone knows
            case "INTERNAL" -> TaskError.system("DuckDbFailed", message, false);
            default -> TaskError.system("DuckDbFailed", message, true);
        };
    }

    private static String why(FileSystemException e) {
        return switch (e) {
            case NoSuchFileException _ -> "a folder on the way to it does not exist and cannot be made";
            case AccessDeniedException _ -> "it may not";
            case FileAlreadyExistsException _ -> "something that is no folder is there";
            default -> e.getReason() == null ? "the system refuses" : clean(e.getReason());
        };
    }

    private static String firstParagraph(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** Without the stack trace that internal errors bring, and not endless. */
    private static String clean(String message) {
        int trace = message.indexOf("\n\nStack Trace:");
        String text = (trace < 0 ? message : message.substring(0, trace)).strip();
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + " …";
    }
}
