package dev.outboard.dispatcher.wire;

import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Link;
import dev.outboard.dispatcher.wire.proto.AttemptRecord;
import dev.outboard.dispatcher.wire.proto.LinkRecord;

/** The codec of a job's attempt. */
final class Attempts {
    private Attempts() {}

    static AttemptRecord write(Attempt attempt) {
        var record = AttemptRecord.newBuilder()
                .setNumber(attempt.number())
                .setLost(attempt.lost())
                .setBugs(attempt.bugs())
                .setSubmittedAt(Wire.micros(attempt.submittedAt()))
                .setQueued(attempt.queued());
        if (attempt.bug() != null) {
            record.setBug(attempt.bug());
        }
        var handle = attempt.handle();
        if (handle != null) {
            record.setHandle(Parts.handle(handle));
        }
        attempt.links().forEach(l -> record.addLinks(LinkRecord.newBuilder().setName(l.name()).setUri(l.uri())));
        if (attempt.progress() != null) {
            record.setProgress(attempt.progress());
        }
        if (attempt.info() != null) {
            record.setInfo(Wire.bytes(attempt.info()));
        }
        return record.build();
    }

    static Attempt read(AttemptRecord record) {
        return new Attempt(record.getNumber(), record.getLost(), record.getBugs(),
                record.hasBug() ? record.getBug() : null, Wire.instant(record.getSubmittedAt()),
                record.hasHandle() ? Parts.handle(record.getHandle()) : null,
                record.getQueued(),
                record.getLinksList().stream().map(l -> new Link(l.getName(), l.getUri())).toList(),
                record.hasProgress() ? record.getProgress() : null,
                record.hasInfo() ? Wire.bytes(record.getInfo()) : null);
    }
}
