package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics2;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an ended job tells of itself: its cost, its kind, its warnings. */
final class Statistics {
    private static final int MAX_WARNINGS = 10;

    private Statistics() {}

    static Map<String, @Nullable Object> of(Job job) {
        var info = new LinkedHashMap<String, @Nullable Object>();
        var statistics = job.getStatistics();
        if (statistics != null) {
            put(info, "totalBytesProcessed", statistics.getTotalBytesProcessed());
            put(info, "totalSlotMs", statistics.getTotalSlotMs());
            put(info, "queuedMs", between(statistics.getCreationTime(), statistics.getStartTime()));
            put(info, "elapsedMs", between(statistics.getStartTime(), statistics.getEndTime()));
            put(info, "childJobs", statistics.getNumChildJobs());
            query(info, statistics.getQuery());
        }
        warnings(info, job);
        return info;
    }

    private static void query(Map<String, @Nullable Object> info, @Nullable JobStatistics2 query) {
        if (query != null) {
            put(info, "totalBytesBilled", query.getTotalBytesBilled());
            put(info, "statementType", query.getStatementType());
            put(info, "cacheHit", query.getCacheHit());
            put(info, "affectedRows", query.getNumDmlAffectedRows());
        }
    }

    private static void warnings(Map<String, @Nullable Object> info, Job job) {
        var status = job.getStatus();
        if (status != null && status.getErrorResult() == null && status.getErrors() != null) {
            var warnings = status.getErrors()
                    .stream()
                    .map(ErrorProto::getMessage)
                    .filter(Objects::nonNull)
                    .distinct()
                    .limit(MAX_WARNINGS)
                    .toList();
            if (!warnings.isEmpty()) {
                info.put("warnings", warnings);
            }
        }
    }

    private static @Nullable Long between(@Nullable Long from, @Nullable Long to) {
        return from == null || to == null ? null : to - from;
    }

    private static void put(Map<String, @Nullable Object> info, String name, @Nullable Object value) {
        if (value != null) {
            info.put(name, value);
        }
    }
}
