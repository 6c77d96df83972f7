package dev.outboard.dispatcher.job;

/** What a job made: Flyte's LiteralMap, in the record or, where that would be too large, in a file. */
public sealed interface Outputs {

    /** The LiteralMap's bytes. */
    record Inline(Bytes literals) implements Outputs {}

    /**
     * The same bytes, written before the job's end became durable.
     *
     * @param uri of the file, {@code outputs.pb} under the job's output prefix; no secret
     * @param size in bytes
     */
    record Stored(String uri, long size) implements Outputs {}

    /** How much of a record they take, in bytes. */
    default int weight() {
        return switch (this) {
            case Inline(var literals) -> literals.size();
            case Stored(var uri, _) -> uri.length();
        };
    }
}
