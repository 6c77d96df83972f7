package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import dev.outboard.support.Fields;
import dev.outboard.support.UserFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** What flytekit's QueryJobConfig puts into {@code custom}: the members of {@code configuration.query}, by their own names. */
final class QueryConfig {
    static final SortedSet<String> HONOURED = new TreeSet<>(java.util.List.of("allowLargeResults", "clustering",
            "connectionProperties", "createDisposition", "createSession", "defaultDataset",
            "destinationEncryptionConfiguration", "destinationTable", "flattenResults", "maximumBillingTier",
            "maximumBytesBilled", "parameterMode", "preserveNulls", "priority", "queryParameters", "rangePartitioning",
            "schemaUpdateOptions", "scriptOptions", "tableDefinitions", "timePartitioning", "useLegacySql",
            "useQueryCache", "userDefinedFunctionResources", "writeDisposition", "writeIncrementalResults"));

    private QueryConfig() {}

    /**
     * @param project that tables belong to whose project is not given
     * @throws UserFault {@code WrongType}, for a known member of another type than BigQuery gives it
     */
    static JobConfigurationQuery read(Fields custom, String project) throws UserFault {
        var members = new LinkedHashMap<String, Object>();
        for (var name : HONOURED) {
            var value = custom.any(name);
            if (value != null) {
                var type = Objects.requireNonNull(Fitted.type(JobConfigurationQuery.class, name), name);
                members.put(name, Fitted.value(value, type, name, custom.pointer(name)));
            }
        }
        if (members.get("destinationTable") instanceof Map<?, ?> table) {
            members.put("destinationTable",
                    complete(Fields.at(custom.pointer("destinationTable"), named(table)), project,
                            "datasetId", "tableId"));
        }
        if (members.get("defaultDataset") instanceof Map<?, ?> dataset) {
            members.put("defaultDataset", complete(Fields.at(custom.pointer("defaultDataset"), named(dataset)), project,
                    "datasetId"));
        }
        return Json.read(Json.text(members), JobConfigurationQuery.class);
    }

    private static Map<String, Object> complete(Fields reference, String project, String... needed) throws UserFault {
        for (var member : needed) {
            reference.required(member, "a table or dataset is named by project, dataset and table");
        }
        var complete = new LinkedHashMap<String, Object>();
        complete.put("projectId", project);
        for (var entry : reference.values().entrySet()) {
            complete.put(entry.getKey(), Objects.requireNonNull(entry.getValue()));
        }
        return complete;
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        var named = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }
}
