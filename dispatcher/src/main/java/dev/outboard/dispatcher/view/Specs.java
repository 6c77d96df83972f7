package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.RecordReader;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Undecodable;
import java.time.Instant;
import java.util.Optional;

/** Reads a job's spec from the log when somebody wants to see it: nobody keeps bodies in memory. */
final class Specs implements AutoCloseable {
    private final RecordReader reader;

    Specs(RecordReader reader) {
        this.reader = reader;
    }

    /** The packed spec, or empty where the log keeps it no longer. */
    Optional<Bytes> of(TypeView type, Job job) throws LogUnavailable {
        try {
            var create = fromCreate(type, job);
            // older than the commands' retention: a live job's spec stands in the state log as well
            return create.isPresent() ? create : fromState(type, job.id());
        } catch (LogFailure e) {
            throw new LogUnavailable("the spec could not be read", e);
        } catch (Undecodable e) {
            return Optional.empty();
        }
    }

    private Optional<Bytes> fromCreate(TypeView type, Job job) throws Undecodable {
        var place = type.commands(job.id());
        var create = reader.read(place.topic(), place.partition(), job.incarnation()).orElse(null);
        if (create == null || !job.id().equals(JobId.of(create.key()))) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                Commands.read(create.key(), create.value(), create.offset(), Instant.EPOCH).spec());
    }

    private Optional<Bytes> fromState(TypeView type, JobId id) throws Undecodable {
        var offset = type.partition(id).spec(id);
        var place = type.states(id);
        var record = offset == null ? null : reader.read(place.topic(), place.partition(), offset).orElse(null);
        return record == null ? Optional.empty() : Optional.of(SpecRecords.read(record.value()).spec());
    }

    @Override
    public void close() {
        reader.close();
    }
}
