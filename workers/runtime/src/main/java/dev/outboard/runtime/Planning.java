package dev.outboard.runtime;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.spi.Plan;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a connector what a job would do. The job that it is shown is none: its id, key and installation tell so. */
final class Planning {
    private static final JobId NO_JOB = new JobId(0, 0);
    private static final String INSTALLATION = "plan";
    /** As long as any, of letters that any may have. */
    private static final String KEY = "plan".repeat(13);

    private final Serving serving;
    private final Secrets secrets;
    private final Outcomes outcomes;

    Planning(Serving serving, Secrets secrets) {
        this.serving = serving;
        this.secrets = secrets;
        outcomes = new Outcomes(serving, secrets.redaction(), Stores.none());
    }

    /** First what the connector can see itself, then what the platform says. */
    Planned of(String taskType, CreateTaskRequest spec) throws Exception {
        try {
            var request = Templates.request(job(taskType, spec), INSTALLATION, KEY, spec, secrets);
            var wrong = outcomes.checked(serving.connector().check(request)).error();
            return wrong == null ? planned(serving.connector().plan(request)) : new Planned.Refused(wrong);
        } catch (Refusal refusal) {
            return new Planned.Refused(outcomes.leaving(refusal.error()));
        }
    }

    private Planned planned(Plan plan) throws InvalidProtocolBufferException {
        return switch (plan) {
            case Plan.Feasible(var info) -> new Planned.Feasible(clean(info));
            case Plan.Refused(var error) -> new Planned.Refused(outcomes.error(error));
            case Plan.CannotPlan(var why) -> new Planned.CannotPlan(secrets.redaction().brief(why));
        };
    }

    /** Bounded and without secrets, as a job's own info. */
    private Map<String, @Nullable Object> clean(Map<String, @Nullable Object> info)
            throws InvalidProtocolBufferException {
        var bytes = Infos.write(info, secrets.redaction());
        return bytes == null ? Map.of() : Structs.read(Struct.parseFrom(bytes.array()));
    }

    private Job job(String taskType, CreateTaskRequest spec) {
        var template = spec.getTemplate();
        var id = template.getId();
        var accepted = new Accepted(taskType, template.getTaskTypeVersion(),
                new Tenant(id.getProject(), id.getDomain()), id.getName(),
                spec.getTaskExecutionMetadata().getLabelsMap(), Spec.fingerprint(spec), 1, null, Instant.EPOCH);
        return Lifecycle.queued(new Input.Create(NO_JOB, accepted, 0, null));
    }
}
