package dev.outboard.api.door;

import dev.outboard.api.ApiServer;
import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Entity;
import dev.outboard.api.http.Json;
import dev.outboard.api.http.Route;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
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
    private static final Header YAML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/yaml");
    private final Entity yaml;
    private final Entity json;

    public OpenApiDoor() {
        try (var in = Objects.requireNonNull(ApiServer.class.getResourceAsStream(FILE), FILE)) {
            var text = in.readAllBytes();
            var tree = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(new String(text, StandardCharsets.UTF_8));
            yaml = Entity.of(text);
            json = Entity.json(Json.of(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void routing(HttpRules rules) {
        Route.get((req, res) -> Answer.text(req, res, YAML, yaml)).at(rules, "/openapi");
        Route.get((req, res) -> Answer.json(req, res, 200, json)).at(rules, "/openapi.json");
    }
}
