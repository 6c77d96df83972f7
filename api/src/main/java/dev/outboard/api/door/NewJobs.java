package dev.outboard.api.door;

import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.view.NewJob;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.flyteidl.core.TaskTemplate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A decoded create call as a job to hand over. */
final class NewJobs {
    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int MOST_ATTEMPTS = 10;

    private NewJobs() {}

    /** As propeller wants it: one attempt and no time-out, for it retries and gives up itself. */
    static NewJob forPropeller(CreateTaskRequest request, @Nullable String key) {
        return of(request, 1, null, key);
    }

    /** As people want it: Flyte's retries and timeout are ours to honour. */
    static NewJob forPeople(CreateTaskRequest request, @Nullable String key) {
        return of(request, attempts(request.getTemplate()), timeout(request.getTemplate()), key);
    }

    private static int attempts(TaskTemplate template) {
        long retries = Integer.toUnsignedLong(template.getMetadata().getRetries().getRetries());
        return retries == 0 ? DEFAULT_ATTEMPTS : (int) Math.min(retries + 1, MOST_ATTEMPTS);
    }

    private static @Nullable Duration timeout(TaskTemplate template) {
        var timeout = template.getMetadata().getTimeout();
        var duration = Duration.ofSeconds(timeout.getSeconds(), timeout.getNanos());
        return duration.isZero() ? null : duration;
    }

    private static NewJob of(CreateTaskRequest request, int attempts, @Nullable Duration timeout,
            @Nullable String key) {
        var template = request.getTemplate();
        var id = template.getId();
        return new NewJob(template.getType(), template.getTaskTypeVersion(),
                new Tenant(id.getProject(), id.getDomain()),
                id.getName(), request.getTaskExecutionMetadata().getLabelsMap(), Spec.fingerprint(request), attempts,
                timeout, key, Spec.pack(request));
    }
}
