package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.RecordReader;
import dev.outboard.dispatcher.view.Known.Line;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.Undecodable;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Reads the record of an ended job again, where the view keeps only a line of it. Safe for many threads. */
final class Recall {
    private final RecordReader reader;

    Recall(RecordReader reader) {
        this.reader = reader;
    }

    /**
     * The job, or empty where another record stands there, or none: a later one is still to be read then.
     *
     * @throws LogFailure if it could not be read now
     */
    Optional<Job> job(TypeView type, Line line) {
        TopicPartition place = type.states(line.id());
        var record = reader.read(place.topic(), place.partition(), line.offset()).orElse(null);
        if (record == null || record.value() == null || Keys.kind(record.key()) != Keys.Kind.JOB
                || !line.id().equals(JobId.of(record.key()))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JobRecords.read(line.id(), record.value()))
                    .filter(job -> job.incarnation() == line.incarnation());
        } catch (Undecodable e) {
            throw new LogFailure("record " + line.offset() + " of " + place + " cannot be read: " + e.getMessage(), e);
        }
    }
}
