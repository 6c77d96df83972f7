package dev.outboard.api.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.api.ApiServer;
import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Json;
import dev.outboard.api.http.Route;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Serves the description of all doors, as it was written and as JSON. */
public final class OpenApiDoor implements HttpService {
    private static final String FILE = "openapi.yaml";
    private final byte[] yaml;
    private final JsonNode json;

    public OpenApiDoor() {
        try (var in = Objects.requireNonNull(ApiServer.class.getResourceAsStream(FILE), FILE)) {
            yaml = in.readAllBytes();
            json = Json.of(
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(yaml, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void routing(HttpRules rules) {
        Route.get((req, res) -> Answer.bytes(req, res, 200, "application/yaml", yaml)).at(rules, "/openapi");
        Route.get((req, res) -> Answer.json(req, res, 200, json)).at(rules, "/openapi.json");
    }
}
