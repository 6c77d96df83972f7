package dev.outboard.standalone.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The platform of {@link LedgerConnector} from the outside: a folder with a file per external job, and what happened. */
record Ledger(Path folder) {

    /** How many entries begin so. */
    long count(String entry) throws IOException {
        return entries().stream().filter(line -> line.equals(entry) || line.startsWith(entry + " ")).count();
    }

    List<String> entries() throws IOException {
        var file = folder.resolve("ledger");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** The state of every external job. */
    List<String> states() throws IOException {
        var states = new ArrayList<String>();
        for (var job : jobs()) {
            states.add(Files.readString(job));
        }
        return states;
    }

    /** Ends what runs. */
    void finish() throws IOException {
        for (var job : jobs()) {
            if (Files.readString(job).equals("running")) {
                Files.writeString(job, "succeeded");
            }
        }
    }

    private List<Path> jobs() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> !f.endsWith("ledger")).toList();
        }
    }
}
