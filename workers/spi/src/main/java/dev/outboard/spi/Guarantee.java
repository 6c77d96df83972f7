package dev.outboard.spi;

/** How a platform treats a create that is repeated with the same key. */
public enum Guarantee {
    /** It dedupes by a token of ours, for a time (Databricks' {@code idempotency_token}). */
    TOKEN,
    /** It dedupes for good: a second create conflicts, and a look-up finds the first (BigQuery, Kubernetes). */
    ADOPT,
    /** It does not dedupe, but a label of ours can be searched for, with a lag (Snowflake's query tag). */
    SEARCH,
    /** Neither: a create whose outcome is unknown is repeated only where that does no harm. */
    NONE
}
