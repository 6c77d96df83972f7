package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Job;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one turn did, counted only once it is committed: a turn that failed is folded again. */
final class Tally {

    /** What came of a command. */
    enum Taken {
        /** A create that began a job. */
        CREATED,
        /** A cancel that is now owed or honoured. */
        CANCELLED,
        /** A person's word that was taken. */
        RESOLVED,
        /** A create or cancel that had come before. */
        REPEATED,
        /** A cancel of a job that is unknown, has ended, or is of another incarnation; a person's word that does not fit. */
        DROPPED,
        /** One that could not be decoded. */
        DEAD_LETTER
    }

    final Map<Taken, Integer> commands = new EnumMap<>(Taken.class);
    final List<Job> ended = new ArrayList<>();
    int deadLetters;
    int records;
}
