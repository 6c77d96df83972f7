package dev.outboard.testkit.conformance;

import dev.outboard.spi.Guarantee;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** The careful connector, with an access token that it fetches for its secret and keeps until it is refused. */
class TokenConnector extends ServiceConnector {
    private volatile String token;

    TokenConnector() {
        super(Guarantee.ADOPT);
    }

    @Override
    String apiKey(SecretReader secrets) throws IOException, InterruptedException {
        if (token == null) {
            var answer = fetch(super.apiKey(secrets));
            if (answer.statusCode() != 200) {
                throw trouble(answer);
            }
            token = json(answer).path("token").asText();
        }
        return token;
    }

    HttpResponse<String> fetch(String key) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(context.settings().get("endpoint") + "/token"))
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.noBody())
                .build(), BodyHandlers.ofString());
    }

    @Override
    HttpResponse<String> send(String method, String path, Map<String, ?> body, SecretReader secrets)
            throws IOException, InterruptedException {
        var answer = super.send(method, path, body, secrets);
        if (answer.statusCode() == 401) {
            token = null;
        }
        return answer;
    }
}
