package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.outboard.spi.CreateRequest;
import dev.outboard.support.Fields;
import dev.outboard.support.UserFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, found good as far as that can be seen.
 *
 * @param location as given, or null: then BigQuery chooses by the data
 * @param secret names the job's own credentials, or null
 */
record JobSpec(String project, @Nullable String location, @Nullable String secret, JobConfigurationQuery query) {
    static final String OUTPUT = "results";
    private static final String CUSTOM = "/template/custom";
    private static final String STATEMENT = "/template/sql/statement";

    /** @param unless the project of jobs that name none, or null */
    static JobSpec of(CreateRequest request, @Nullable String unless) throws UserFault {
        var template = request.template();
        var custom = Fields.at(CUSTOM, template.custom());
        var project = project(custom, unless);
        var location = custom.text("Location");
        if (location != null && !Names.location(location)) {
            throw new UserFault("InvalidLocation", "`Location` is none of BigQuery's, such as US or europe-west3",
                    custom.pointer("Location"));
        }
        var statement = template.statement();
        if (statement == null || statement.isBlank()) {
            throw new UserFault("MissingField", "`statement` is missing: a BigQuery task needs the query to run",
                    STATEMENT);
        }
        for (var output : new TreeSet<>(template.outputs())) {
            if (!output.equals(OUTPUT)) {
                throw new UserFault("UnknownOutput", "a BigQuery task has one output, named `" + OUTPUT
                        + "`; it cannot give `" + output + "`",
                        "/template/interface/outputs/" + Fitted.escape(output));
            }
        }
        var query = QueryConfig.read(custom, project).setQuery(statement);
        if (query.getUseLegacySql() == null) {
            query.setUseLegacySql(false);
        }
        parameters(request, statement, query);
        var secrets = custom.object("secrets");
        return new JobSpec(project, location, secrets == null ? null : secrets.text(Logins.MEMBER), query);
    }

    private static String project(Fields custom, @Nullable String unless) throws UserFault {
        var named = custom.text("ProjectID");
        var project = named == null ? unless : named;
        if (project == null) {
            throw custom.missing("ProjectID", "the project that the query runs in and that pays for it");
        }
        if (!Names.project(project)) {
            throw new UserFault("InvalidProject", "`ProjectID` is no project id", custom.pointer("ProjectID"));
        }
        return project;
    }

    /** The template's own parameters stay, but for those that inputs are given for. */
    private static void parameters(CreateRequest request, String statement, JobConfigurationQuery query)
            throws UserFault {
        var inputs = Inputs.parameters(request.inputs(), request.template().inputTypes());
        var given = query.getQueryParameters() == null ? List.<QueryParameter>of() : query.getQueryParameters();
        boolean positional = "POSITIONAL".equals(query.getParameterMode());
        if (!inputs.isEmpty() && (positional || query.getUseLegacySql())) {
            throw new UserFault("InputsNotNamed", "inputs become named parameters, which neither legacy SQL nor"
                    + " positional parameters go with", CUSTOM + (positional ? "/parameterMode" : "/useLegacySql"));
        }
        var names = inputs.stream().map(JobSpec::name).collect(Collectors.toCollection(TreeSet::new));
        var all = new ArrayList<>(inputs);
        given.stream().filter(parameter -> positional || !names.contains(name(parameter))).forEach(all::add);
        if (!positional && !query.getUseLegacySql()) {
            all.forEach(parameter -> names.add(name(parameter)));
            missing(statement, names, request);
        }
        if (!all.isEmpty()) {
            query.setQueryParameters(all).setParameterMode(positional ? "POSITIONAL" : "NAMED");
        }
    }

    private static void missing(String statement, TreeSet<String> names, CreateRequest request) throws UserFault {
        for (var mentioned : Mentions.of(statement)) {
            if (!names.contains(mentioned.toLowerCase(Locale.ROOT))) {
                var inputs = request.inputs().keySet();
                throw new UserFault("MissingInput", "the statement uses @" + mentioned
                        + ", but there is no such input; the inputs are "
                        + (inputs.isEmpty() ? "none" : String.join(", ", inputs)),
                        "/inputs/" + Fitted.escape(mentioned));
            }
        }
    }

    /** GoogleSQL does not tell case in names of parameters. */
    private static String name(QueryParameter parameter) {
        return String.valueOf(parameter.getName()).toLowerCase(Locale.ROOT);
    }

    /** The same at a location; at none if it is null. */
    JobSpec at(@Nullable String place) {
        return new JobSpec(project, place, secret, query);
    }

    /** What is inserted for this request. */
    Job job(CreateRequest request) {
        return new Job().setJobReference(reference(request.key()))
                .setConfiguration(new JobConfiguration().setQuery(query)
                        .setLabels(Labels.of(request, request.fingerprint())));
    }

    /** A job that does nothing, under the same name; its labels say so. */
    Job occupying(CreateRequest request) {
        return new Job().setJobReference(reference(request.key()))
                .setConfiguration(new JobConfiguration()
                        .setQuery(new JobConfigurationQuery().setQuery("SELECT 1").setUseLegacySql(false))
                        .setLabels(Labels.of(request, Labels.OCCUPIED)));
    }

    /** The same query, only looked at. */
    Job dryRun() {
        var reference = new JobReference().setProjectId(project);
        return new Job().setJobReference(location == null ? reference : reference.setLocation(location))
                .setConfiguration(new JobConfiguration().setDryRun(true).setQuery(query));
    }

    private JobReference reference(String key) {
        var reference = new JobReference().setProjectId(project).setJobId(key);
        return location == null ? reference : reference.setLocation(location);
    }

    String account() {
        return JobHandle.account(project, secret);
    }

    /** The same for a request that may be wrong. */
    static String account(CreateRequest request, @Nullable String unless) {
        var custom = Fields.at(CUSTOM, request.template().custom());
        try {
            var named = custom.text("ProjectID");
            var secrets = custom.object("secrets");
            return JobHandle.account(named != null ? named : unless != null ? unless : "",
                    secrets == null ? null : secrets.text(Logins.MEMBER));
        } catch (UserFault e) {
            return "";
        }
    }
}
