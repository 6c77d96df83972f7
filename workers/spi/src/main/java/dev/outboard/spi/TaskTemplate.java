package dev.outboard.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Flyte's task template, the parts a connector reads.
 *
 * @param project of the task's id, empty if not given
 * @param domain of the task's id, empty if not given
 * @param name of the task's id, empty if not given
 * @param type the task type
 * @param version the task type version
 * @param statement {@code sql.statement}, or null if the template has none
 * @param container the container, or null if the template has none
 * @param custom the plugin's own settings: JSON values as {@code String, Boolean, Double, List, Map} or null. Every
 *     number is a Double, as in Flyte's Struct; write integral ones as integers into a platform's JSON
 * @param config the plugin's settings of Flyte 1's older plugins
 * @param inputTypes the declared types of inputs by name: {@code integer, float, string, boolean, datetime, duration,
 *     binary, none, struct, structured_dataset, blob, schema, enum, union, error}, a collection as {@code [integer]}, a map
 *     as {@code {integer}}. An input that is not declared has none
 * @param outputs the names of the declared outputs
 */
public record TaskTemplate(String project, String domain, String name, String type, int version,
        @Nullable String statement, @Nullable Container container, Map<String, @Nullable Object> custom,
        Map<String, String> config, Map<String, String> inputTypes, Set<String> outputs) {

    /** The template's container: image, arguments as the caller rendered them, and environment. */
    public record Container(String image, List<String> command, List<String> args, Map<String, String> env) {}
}
