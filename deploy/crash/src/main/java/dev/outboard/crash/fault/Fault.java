package dev.outboard.crash.fault;

/**
 * One thing that is done.
 *
 * @param target which process, counted from 0; another of its role where that one is down
 * @param afterMillis how long after the lane's fault before it
 * @param forMillis how long it is paused or stays down
 */
public record Fault(Kind kind, int target, long afterMillis, long forMillis) {
    /** In the order of the report. */
    public enum Kind {
        KILL_WORKER("workers killed"), KILL_API("APIs killed"), KILL_BROKER("brokers killed"),
        /** For longer than a member of the group may be silent: others take its partitions over, and it does not know. */
        PAUSE_WORKER("workers paused beyond their session"), PAUSE_API("APIs paused"), STOP_WORKER(
                "workers stopped as planned"), OUTAGE("outages of the platform");

        private final String told;

        Kind(String told) {
            this.told = told;
        }

        /** For people, in the plural. */
        public String told() {
            return told;
        }
    }
}
