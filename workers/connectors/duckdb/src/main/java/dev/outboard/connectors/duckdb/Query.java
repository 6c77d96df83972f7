package dev.outboard.connectors.duckdb;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.StructuredDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** Runs a request's statement in a sandbox and writes what it returns to a Parquet file. */
final class Query implements Job.QueryRun {
    private static final System.Logger LOG = System.getLogger(Query.class.getName());
    private static final Pattern LINE = Pattern.compile("\nLINE ([0-9]{1,7}):");

    private final CreateRequest request;
    private final Settings settings;
    private final Path dataDir;
    private final String workerId;
    private final Clock clock;

    Query(CreateRequest request, Settings settings, Path dataDir, String workerId, Clock clock) {
        this.request = request;
        this.settings = settings;
        this.dataDir = dataDir;
        this.workerId = workerId;
        this.clock = clock;
    }

    @Override
    public PollResult run(Job job) throws Job.Stopped {
        Instant start = clock.instant();
        Path spill = dataDir.toAbsolutePath()
                .resolve("spill")
                .resolve(workerId)
                .resolve(request.jobId() + "-" + request.key());
        ResultFile file = null;
        try {
            file = ResultFile.prepare(OutputFolder.of(request.outputPrefix(), dataDir), request.jobId(),
                    request.attempt(), workerId);
            Files.createDirectories(spill);
            long rows = write(file, spill.toRealPath(), job);
            job.commit();
            long bytes = file.publish();
            return succeeded(file, rows, bytes, Duration.between(start, clock.instant()));
        } catch (Job.Stopped e) {
            discard(file);
            throw e;
        } catch (SQLException | IOException | RuntimeException | UserFault e) {
            discard(file);
            // an interrupted query fails too: why it was interrupted is what counts
            job.checkStopped();
            return new PollResult.Failed(Failures.of(e, settings));
        } catch (Error e) {
            discard(file);
            return new PollResult.Failed(Failures.of(e, settings));
        } finally {
            deleteAll(spill);
        }
    }

    private long write(ResultFile file, Path spill, Job job)
            throws SQLException, UserFault, Job.Stopped {
        List<Path> readable = new ArrayList<>(settings.folders());
        readable.add(file.folder());
        try (DuckDBConnection connection = Sandbox.open(settings, readable, spill)) {
            job.checkStopped();
            String written = Objects.requireNonNull(request.template().statement());
            ParsedStatement statement = ParsedStatement.parse(written, request.inputs(), connection);
            job.checkStopped();
            // the statement on lines of its own: it may end in a comment
            String copy = "COPY (\n" + statement.sql() + "\n) TO " + Sandbox.quote(file.written().toString())
                    + " (FORMAT parquet, USE_TMP_FILE false)";
            try (DuckDBPreparedStatement query = connection.prepare(copy)) {
                statement.bind(query, connection);
                try {
                    job.executing(query);
                    return query.executeLargeUpdate();
                } finally {
                    job.executing(null);
                }
            } catch (SQLException e) {
                job.checkStopped();
                throw inTheUsersWords(e, written, connection);
            }
        }
    }

    /** DuckDB shows the line at fault, which should be a line of the statement as it was written. */
    static SQLException inTheUsersWords(SQLException thrown, String written, DuckDBConnection connection) {
        Matcher line = LINE.matcher(String.valueOf(thrown.getMessage()));
        if (!line.find()) {
            return thrown;
        }
        try {
            // executes nothing: it was parsed, and is one SELECT
            connection.prepareStatement(written).close();
        } catch (SQLException plain) {
            return plain;
        }
        // its parameters have no types yet, so DuckDB put off most of the binding; what wraps it stands a line above
        int number = Integer.parseInt(line.group(1)) - 1;
        return new SQLException(line.replaceFirst("\nLINE " + number + ":"), thrown);
    }

    private static PollResult succeeded(ResultFile file, long rows, long bytes, Duration elapsed) {
        StructuredDataset results = new StructuredDataset(file.finished().toUri().toString(), "parquet");
        return new PollResult.Succeeded(Map.of(RequestCheck.OUTPUT, results),
                Map.of("rows", rows, "bytes", bytes, "elapsedMs", elapsed.toMillis()));
    }

    private void discard(@Nullable ResultFile file) {
        if (file != null) {
            try {
                file.discard();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "job {0}: an unfinished result stays in {1}: {2}",
                        request.jobId(), file.folder(), e.toString());
            }
        }
    }

    private void deleteAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "job {0}: spilled data stays in {1}: {2}", request.jobId(), folder,
                    e.toString());
        }
    }
}
