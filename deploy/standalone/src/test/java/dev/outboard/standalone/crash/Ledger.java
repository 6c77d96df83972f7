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

    /** The keys of the external jobs that were created for this job, in no order. */
    List<String> keys(String jobId) throws IOException {
        try (var files = Files.list(folder.resolve("labels"))) {
            var keys = new ArrayList<String>();
            for (var file : files.toList()) {
                if (Files.readAllLines(file).get(2).equals(jobId)) {
                    keys.add(file.getFileName().toString());
                }
            }
            return keys;
        }
    }

    String state(String key) throws IOException {
        return Files.readString(folder.resolve(key));
    }

    /** As nobody who asks this platform properly can. */
    void set(String key, String state) throws IOException {
        Files.writeString(folder.resolve(key), state);
    }

    /** An external job that Outboard never created, with labels as those of {@code like} but for the job. */
    void plant(String key, String like, String jobId) throws IOException {
        var labels = new ArrayList<>(Files.readAllLines(folder.resolve("labels").resolve(like)));
        labels.set(2, jobId);
        Files.write(folder.resolve("labels").resolve(key), labels);
        set(key, "running");
    }

    void takeAway(String key) throws IOException {
        Files.delete(folder.resolve(key));
    }

    private List<Path> jobs() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> Files.isRegularFile(f) && !f.endsWith("ledger")).toList();
        }
    }
}
