package dev.outboard.crash.platform;

import java.util.List;
import java.util.Map;

/**
 * The platform's books at one moment, as it hands them out.
 *
 * @param now the platform's clock
 * @param underWay requests that it has not finished, the held and the late ones too
 * @param refused Outboard jobs that it did not take
 * @param hidden creates that had their effect and whose caller could not know
 * @param troubles requests by what went wrong with them; OUTAGE counts those that met one
 */
public record Ledger(long now, int underWay, List<External> jobs, List<String> refused, long hidden,
        Map<String, Long> troubles) {}
