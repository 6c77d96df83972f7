package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.flyteidl.core.Container;
import dev.outboard.flyteidl.core.LiteralType;
import dev.outboard.flyteidl.core.VariableMap;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns a job and its spec, Flyte's CreateTaskRequest, into what a connector sees. */
final class Templates {
    private Templates() {}

    /** @throws Refusal of kind USER, if an input is none that a connector can be given */
    // javac keeps no @Nullable inside the types of a compact constructor's parameters
    @SuppressWarnings("NullAway")
    static CreateRequest request(Job job, String installation, String key, CreateTaskRequest spec, SecretReader secrets)
            throws Refusal {
        var prefix = spec.getOutputPrefix();
        return new CreateRequest(installation, key, job.id().toString(),
                Identity.text(job.accepted().fingerprint()), job.attempt().number(), template(job, spec),
                Literals.read(spec.getInputs(), "/inputs"), prefix.isEmpty() ? null : prefix, job.accepted().labels(),
                secrets);
    }

    private static TaskTemplate template(Job job, CreateTaskRequest spec) {
        var template = spec.getTemplate();
        var outputs = template.getInterface().getOutputs().getVariablesMap().keySet();
        // type and version as accepted: the door has seen to it that the template does not say otherwise
        return new TaskTemplate(template.getId().getProject(), template.getId().getDomain(), template.getId().getName(),
                job.accepted().taskType(), job.accepted().taskTypeVersion(),
                template.hasSql() ? template.getSql().getStatement() : null,
                template.hasContainer() ? container(template.getContainer()) : null,
                Structs.read(template.getCustom()), Map.copyOf(template.getConfigMap()),
                inputTypes(template.getInterface().getInputs()),
                Collections.unmodifiableSet(new TreeSet<>(outputs)));
    }

    private static Map<String, String> inputTypes(VariableMap declared) {
        var types = new TreeMap<String, String>();
        declared.getVariablesMap().forEach((name, variable) -> types.put(name, name(variable.getType())));
        return Collections.unmodifiableMap(types);
    }

    private static String name(LiteralType type) {
        return switch (type.getTypeCase()) {
            case SIMPLE -> type.getSimple().name().toLowerCase(Locale.ROOT);
            case COLLECTION_TYPE -> "[" + name(type.getCollectionType()) + "]";
            case MAP_VALUE_TYPE -> "{" + name(type.getMapValueType()) + "}";
            case STRUCTURED_DATASET_TYPE -> "structured_dataset";
            case BLOB -> "blob";
            case SCHEMA -> "schema";
            case ENUM_TYPE -> "enum";
            case UNION_TYPE -> "union";
            case TYPE_NOT_SET -> "none";
        };
    }

    private static TaskTemplate.Container container(Container container) {
        var env = new LinkedHashMap<String, String>();
        container.getEnvList().forEach(pair -> env.put(pair.getKey(), pair.getValue()));
        return new TaskTemplate.Container(container.getImage(), List.copyOf(container.getCommandList()),
                List.copyOf(container.getArgsList()), Collections.unmodifiableMap(env));
    }
}
