package dev.outboard.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a connector can get wrong about keys and ends. */
final class EndSabotages {
    private EndSabotages() {}

    static List<Sabotage> all() {
        return List.of(Sabotage.of("takes what is not there for failed", () -> new ServiceConnector(Guarantee.ADOPT) {
            @Override
            PollResult told(HttpResponse<String> answer) throws IOException {
                return answer.statusCode() == 404 ? new PollResult.Failed(Sabotage.failed()) : super.told(answer);
            }
        }, "poll unknown", "delete unknown"),

                Sabotage.of("says cancelled at once", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public PollResult delete(Handle handle, SecretReader secrets) {
                        return new PollResult.Cancelled();
                    }
                }, "delete, and delete again", "delete after finish", "delete unknown",
                        "delete while creating: the create had not landed"),

                Sabotage.of("remembers ends for itself", () -> new ServiceConnector(Guarantee.ADOPT) {
                    private final Set<String> mine = new HashSet<>();

                    @Override
                    Handle handle(JsonNode job) {
                        mine.add(job.path("id").asText());
                        return super.handle(job);
                    }

                    @Override
                    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
                        return mine.contains(handle.value()) ? super.poll(handle, secrets) : new PollResult.Gone();
                    }
                }, "poll after finish"),

                Sabotage.of("occupies nothing", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public CreateResult occupy(CreateRequest request) {
                        return new CreateResult.Adopted(new Handle(1, request.key()), List.of());
                    }
                }, "delete before a create lands", "delete while creating: the create had not landed"),

                Sabotage.of("adopts anything", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    CreateResult adopt(CreateRequest request) throws Exception {
                        return new CreateResult.Adopted(new Handle(1, request.key()), List.of());
                    }
                }, "adopt with a differing spec", "the guarantee that is declared"),

                Sabotage.of("refuses what is good", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public Optional<TaskError> check(CreateRequest request) {
                        return Optional.of(TaskError.user("No", "no"));
                    }
                }, "create: one job, which runs"));
    }
}
