package dev.outboard.crash.drive;

import com.fasterxml.jackson.databind.JsonNode;

/** How far a job has come, which no reader may see go back. */
public record Place(long incarnation, long rev) implements Comparable<Place> {
    static final Place NOWHERE = new Place(-1, -1);

    static Place of(JsonNode job) {
        return new Place(job.path("incarnation").asLong(), job.path("rev").asLong());
    }

    @Override
    public int compareTo(Place other) {
        int order = Long.compare(incarnation, other.incarnation);
        return order == 0 ? Long.compare(rev, other.rev) : order;
    }
}
