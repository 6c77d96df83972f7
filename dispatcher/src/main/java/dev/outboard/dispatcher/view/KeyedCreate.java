package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.log.LogFailure;

/** Decides what a create under a key came to, once it is in the log. Safe for many threads. */
final class KeyedCreate {
    private final Types types;
    private final Reader reader;
    private final Wholeness wholeness;

    KeyedCreate(Types types, Reader reader, Wholeness wholeness) {
        this.types = types;
        this.reader = reader;
        this.wholeness = wholeness;
    }

    /**
     * Who came first under this key: the order of the log says, so everything before our own create must have been read, and
     * what is read be whole.
     */
    Creation decided(Located own) throws OutcomeUnknown {
        try {
            return byOrder(own);
        } catch (LogFailure e) {
            throw new OutcomeUnknown(own.job().id(), "the create is written, but the job under its key cannot be read");
        }
    }

    private Creation byOrder(Located own) throws OutcomeUnknown {
        var type = own.type();
        var id = own.job().id();
        long offset = own.job().incarnation();
        long deadline = Reader.deadline(Reader.REACH);
        boolean read = types.place(type.commands(id)).await(offset, deadline) && wholeness.await(type, id, deadline);
        var seen = type.get(id);
        if (read && seen != null && Reader.expiresSoon(seen.job())) {
            // whether it had expired is the worker's to say
            read = type.partition(id).taken().await(offset + 1, deadline);
            seen = type.get(id);
        }
        if (!read || !wholeness.lasted(type)) {
            throw new OutcomeUnknown(id, "the create is written but has not been read back in time");
        }
        if (seen == null || seen.job().incarnation() == offset) {
            return new Creation.Accepted(reader.found(seen == null ? own : new Located(type, seen), false));
        }
        if (!seen.job().accepted().fingerprint().equals(own.job().accepted().fingerprint())) {
            return new Creation.Conflict(id);
        }
        return new Creation.Replayed(reader.read(id, null) instanceof Reading.Found now
                ? now
                : reader.found(new Located(type, seen), true));
    }
}
