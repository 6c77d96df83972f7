package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.Job;
import dev.outboard.spi.Budget;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Plan;
import dev.outboard.spi.TaskError;
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Inserts jobs under the external key as their id, and adopts what is there already. */
final class Creation {
    private static final Duration TOKEN_PATIENCE = Duration.ofSeconds(5);

    private final BigQuerySettings settings;
    private final Logins logins;
    private final Budget budget;

    Creation(BigQuerySettings settings, Logins logins, Budget budget) {
        this.settings = settings;
        this.logins = logins;
        this.budget = budget;
    }

    Optional<TaskError> check(CreateRequest request) {
        try {
            logins.check(JobSpec.of(request, settings.project()).secret(), request.secrets());
            return Optional.empty();
        } catch (UserFault e) {
            return Optional.of(e.error());
        } catch (NoLogin e) {
            return Optional.of(e.error());
        }
    }

    CreateResult create(CreateRequest request) throws InterruptedException {
        try {
            var spec = JobSpec.of(request, settings.project());
            return insert(request, spec, spec.job(request), Set.of(request.fingerprint()));
        } catch (UserFault e) {
            return new CreateResult.Rejected(e.error());
        }
    }

    CreateResult occupy(CreateRequest request) throws InterruptedException {
        try {
            var spec = JobSpec.of(request, settings.project());
            var placed = spec.location() == null ? spec.at(chosen(spec, request)) : spec;
            return insert(request, placed, placed.occupying(request), Set.of(request.fingerprint(), Labels.OCCUPIED));
        } catch (UserFault e) {
            return new CreateResult.Rejected(e.error());
        } catch (NoLogin | IOException e) {
            return new CreateResult.Unknown("where BigQuery would run the query is not known: " + e.getMessage());
        }
    }

    /** The location that BigQuery chooses for a query; ids are told apart by it. A query that it refuses has none. */
    private @Nullable String chosen(JobSpec spec, CreateRequest request)
            throws IOException, NoLogin, InterruptedException {
        budget.take(spec.account());
        try {
            var looked = calls(spec, request).insert(spec.project(), spec.dryRun()).getJobReference();
            return looked == null ? null : looked.getLocation();
        } catch (Refused e) {
            if (refused(e) instanceof CreateResult.Rejected) {
                return null;
            }
            throw e;
        }
    }

    /** @param ours the fingerprints that a job may carry which is there already */
    private CreateResult insert(CreateRequest request, JobSpec spec, Job job, Set<String> ours)
            throws InterruptedException {
        try {
            var calls = calls(spec, request);
            try {
                var handle = JobHandle.of(calls.insert(spec.project(), job), spec.secret());
                return new CreateResult.Created(handle.write(), handle.links());
            } catch (Refused e) {
                return e.status() == 409 ? conflict(request, spec, calls, e, ours) : refused(e);
            }
        } catch (NoLogin e) {
            return e.passing()
                    ? new CreateResult.Retry(TOKEN_PATIENCE, e.error().message())
                    : new CreateResult.Rejected(e.error());
        } catch (IOException e) {
            return new CreateResult.Unknown(told(e));
        }
    }

    /** Something is there. That it is our job only the job itself tells; while it cannot be read, nothing is known. */
    private CreateResult conflict(CreateRequest request, JobSpec spec, Calls calls, Refused conflict, Set<String> ours)
            throws IOException, InterruptedException {
        budget.take(spec.account());
        var location = spec.location() == null ? location(conflict.said(), request.key()) : spec.location();
        try {
            return adopt(calls.get(spec.project(), location, request.key()), spec, ours);
        } catch (NoLogin e) {
            return new CreateResult.Unknown("the job is there, but cannot be looked at: " + e.getMessage());
        } catch (Refused e) {
            // a table may be in the way as well as a job
            if (e.noSuchJob() && !conflict.jobExists()) {
                return refused(conflict);
            }
            throw e;
        }
    }

    private static CreateResult adopt(Job found, JobSpec spec, Set<String> ours) throws IOException {
        var handle = JobHandle.of(found, spec.secret());
        var labels = found.getConfiguration() == null ? null : found.getConfiguration().getLabels();
        var fingerprint = labels == null ? null : labels.get(Labels.FINGERPRINT);
        return fingerprint != null && ours.contains(fingerprint)
                ? new CreateResult.Adopted(handle.write(), handle.links())
                : new CreateResult.Rejected(taken(handle));
    }

    private static TaskError taken(JobHandle handle) {
        return TaskError.system("KeyTaken", "the job id " + handle.reference() + " belongs to another job, which is not"
                + " touched", false)
                .next("Look at that job, and hand this one over again under another key.")
                .from(new dev.outboard.spi.PlatformError(Reasons.PLATFORM,
                        dev.outboard.spi.PlatformError.Category.USER, "duplicate", handle.reference(), handle.link()));
    }

    /** Where BigQuery chose the location, only its conflict says which: {@code Already Exists: Job project:EU.id}. */
    private static @Nullable String location(String said, String key) {
        var match = Pattern.compile(":([A-Za-z0-9-]+)\\." + Pattern.quote(key)).matcher(said);
        return match.find() ? match.group(1) : null;
    }

    /** An answer that is no job: it may have been created all the same only where BigQuery itself does not know. */
    private static CreateResult refused(Refused e) {
        var patience = e.patience();
        if (patience != null) {
            return new CreateResult.Retry(patience, e.said());
        }
        var reason = e.reason();
        if (reason == null || e.status() >= 500 && !reason.equals("notImplemented") || reason.equals("backendError")
                || reason.equals("internalError")) {
            return new CreateResult.Unknown(told(e));
        }
        return new CreateResult.Rejected(Reasons.error(reason, e.said(), null, null));
    }

    Optional<Handle> find(CreateRequest request) throws IOException, InterruptedException {
        try {
            var spec = JobSpec.of(request, settings.project());
            var found = calls(spec, request).get(spec.project(), spec.location(), request.key());
            return Optional.of(JobHandle.of(found, spec.secret()).write());
        } catch (UserFault e) {
            return Optional.empty();
        } catch (Refused e) {
            if (e.noSuchJob()) {
                return Optional.empty();
            }
            throw e;
        } catch (NoLogin e) {
            throw new IOException(e.getMessage());
        }
    }

    Plan plan(CreateRequest request) throws IOException, InterruptedException {
        try {
            var spec = JobSpec.of(request, settings.project());
            var calls = calls(spec, request);
            budget.take(spec.account());
            var looked = calls.insert(spec.project(), spec.dryRun());
            return new Plan.Feasible(Statistics.of(looked));
        } catch (UserFault e) {
            return new Plan.Refused(e.error());
        } catch (NoLogin e) {
            return new Plan.Refused(e.error());
        } catch (Refused e) {
            if (refused(e) instanceof CreateResult.Rejected(var error)) {
                return new Plan.Refused(error);
            }
            throw e;
        }
    }

    private Calls calls(JobSpec spec, CreateRequest request) throws NoLogin {
        return new Calls(logins.client(spec.secret(), request.secrets()), spec.account());
    }

    private static String told(IOException e) {
        if (e instanceof Refused) {
            return String.valueOf(e.getMessage());
        }
        var message = e.getMessage();
        return "BigQuery gave no answer that says what became of it: " + e.getClass().getSimpleName()
                + (message == null ? "" : " " + message);
    }
}
