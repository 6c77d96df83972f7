package dev.outboard.crash.cluster;

/** The processes cannot be had as they must be for a run; the message is one sentence for a person. */
public final class ClusterFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClusterFailed(String message) {
        super(message);
    }
}
