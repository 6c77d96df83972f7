package dev.outboard.connectors.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import dev.outboard.spi.TaskError.Kind;
import dev.outboard.testkit.bigquery.BigQuerySimulator;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose credentials are used, and what is said where they are no good. */
class LoginsTest {
    private static final String NAME = "TEAM_KEY";
    private final Bench bench = new Bench();
    private final String key = bench.simulator.secrets().get(BigQuerySimulator.SECRET);
    private final Map<String, String> given = new HashMap<>();
    private final SecretReader secrets = name -> Optional.ofNullable(given.get(name));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        bench.close();
    }

    private CreateRequest plain() {
        return Requests.with(Requests.request(Requests.key(0), "SELECT 1"), secrets);
    }

    private CreateRequest named() {
        var custom = Map.<String, Object>of("ProjectID", "flyte", "secrets",
                Map.of("google_application_credentials", NAME));
        return Requests.with(Requests.request(Requests.key(0), "SELECT 1", custom), secrets);
    }

    private BigQueryConnector connector(String... settings) {
        var all = new HashMap<String, String>();
        all.put("endpoint", bench.simulator.url().toString());
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        var connector = new BigQueryConnector();
        bench.open(connector, all, secrets);
        return connector;
    }

    /** What check and create both say. */
    private static TaskError refused(BigQueryConnector connector, CreateRequest request) throws Exception {
        var checked = connector.check(request).orElseThrow();
        assertEquals(checked, assertInstanceOf(CreateResult.Rejected.class, connector.create(request)).error());
        return checked;
    }

    @Test
    void eachWayWorks() throws Exception {
        given.put("S", key);
        given.put("T", bench.simulator.accessToken());
        var file = Files.writeString(folder.resolve("key.json"), key);
        assertInstanceOf(CreateResult.Created.class, connector("credentials-file", file.toString()).create(plain()));
        assertInstanceOf(CreateResult.Adopted.class, connector("credentials-secret", "S").create(plain()));
        assertInstanceOf(CreateResult.Adopted.class, connector("access-token-secret", "T").create(plain()));
    }

    @Test
    void theJobsOwnComeFirstAndAreNamedInTheHandle() throws Exception {
        given.put(NAME, key);
        var connector = connector("credentials-secret", "NONE");
        var handle = assertInstanceOf(CreateResult.Created.class, connector.create(named())).handle();
        assertTrue(handle.value().contains(NAME) && !handle.value().contains("PRIVATE"), handle.value());
        assertEquals("flyte/" + NAME, connector.account(handle));
        assertEquals("flyte/" + NAME, connector.account(named()));
        assertInstanceOf(PollResult.class, connector.poll(handle, secrets));
        // as Flyte 2 brings it: under the member's name
        given.put("google_application_credentials", given.remove(NAME));
        assertInstanceOf(CreateResult.Adopted.class, connector.create(named()));
        given.clear();
        assertThrows(IOException.class, () -> connector.poll(handle, secrets), "that we may not look is no end");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        var error = refused(connector("credentials-secret", "S"), plain());
        assertEquals(Kind.SYSTEM, error.kind());
        assertEquals("NoCredentials", error.code());
        assertEquals("the setting `credentials-secret` names the secret `S`, and the worker has none of this name",
                error.message());
        assertEquals(Category.AUTH, error.platform().category());
        assertTrue(error.nextStep().contains("connectors.bigquery.credentials-file"), error.nextStep());
        assertTrue(
                refused(connector("credentials-file", "/no/such.json"), plain()).message().contains("/no/such.json"));
        assertTrue(refused(connector("access-token-secret", "T"), plain()).message().contains("`T`"));
        error = refused(connector(), named());
        assertEquals(Kind.USER, error.kind());
        assertEquals("MissingSecret", error.code());
        assertEquals("/template/custom/secrets/google_application_credentials", error.pointer());
        assertEquals(0, bench.simulator.requests(), "without a word to the platform");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2-hunter2", "[]", "{}", "{\"type\": \"service_account\"}",
            "{\"type\": \"service_account\", \"client_id\": \"1\", \"client_email\": \"a@b\", \"private_key_id\": \"1\","
                    + " \"private_key\": \"hunter2-hunter2\"}",
            "{\"type\": \"authorized_user\", \"client_id\": \"1\", \"client_secret\": \"hunter2-hunter2\","
                    + " \"refresh_token\": \"x\"}",
            "{\"type\": \"external_account\", \"audience\": \"a\", \"subject_token_type\": \"t\", \"token_url\":"
                    + " \"http://169.254.169.254/x\", \"credential_source\": {\"file\": \"/etc/passwd\"}}"})
    void aKeyFileThatIsNoneIsRefusedWithoutBeingQuoted(String text) throws Exception {
        given.put(NAME, text);
        var error = refused(connector(), named());
        assertEquals("InvalidCredentials", error.code());
        assertEquals(Kind.USER, error.kind());
        assertEquals("/template/custom/secrets/google_application_credentials", error.pointer());
        assertFalse(error.toString().contains("hunter2") || error.toString().contains("passwd"), error.toString());
    }

    @Test
    void malformedOnesOfTheOperatorsAreHisMatter() throws Exception {
        given.put("S", "hunter2-hunter2");
        var error = refused(connector("credentials-secret", "S"), plain());
        assertEquals(Kind.SYSTEM, error.kind());
        assertTrue(error.message().contains("`S`") && !error.toString().contains("hunter2"), error.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/token", "https://evil.example/token", "https://10.0.0.1/token",
            "https://oauth2.googleapis.com@evil.example/token", "https://oauth2.googleapis.com.evil.example/token",
            "http://oauth2.googleapis.com/token", "https://oauth2.googleapis.com:8443/token", "file:///etc/passwd",
            "https://127.0.0.1/token", "oauth2.googleapis.com/token", "http://[::1]/token", "https:///token"})
    void aKeyFileCannotSendTheWorkerElsewhere(String tokenUri) throws Exception {
        given.put(NAME, key.replaceAll("\"token_uri\":\"[^\"]*\"", "\"token_uri\":\"" + tokenUri + "\""));
        var error = refused(connector(), named());
        assertEquals("InvalidCredentials", error.code());
        assertTrue(error.message().contains("`token_uri`"), error.message());
        assertEquals(0, bench.simulator.requests());
    }

    @Test
    void loopbackIsForALoopbackEndpointAlone() throws Exception {
        given.put(NAME, key);
        var cloud = new BigQueryConnector();
        bench.open(cloud, Map.of(), secrets);
        assertEquals("InvalidCredentials", cloud.check(named()).orElseThrow().code());
        assertEquals(Optional.empty(), connector().check(named()));
        var narrow = connector("allowed-hosts", "sts.example.com");
        assertEquals("InvalidCredentials", narrow.check(named()).orElseThrow().code());
    }

    @Test
    void googlesRefusalOfTheKeyIsTold() throws Exception {
        given.put("S", key);
        var connector = connector("credentials-secret", "S");
        bench.simulator.faults()
                .always(Operation.TOKEN, new Fault.Answer(
                        Reply.json(400, Map.of("error", "invalid_grant", "error_description", "account not found")),
                        false));
        var error = assertInstanceOf(CreateResult.Rejected.class, connector.create(plain())).error();
        assertEquals("CredentialsRefused", error.code());
        assertEquals(Kind.SYSTEM, error.kind());
        assertEquals(Category.AUTH, error.platform().category());
        bench.simulator.faults().always(Operation.TOKEN, new Fault.Answer(Reply.html(503), false));
        long before = bench.simulator.requests(Operation.TOKEN);
        assertInstanceOf(CreateResult.Retry.class, connector.create(plain()));
        assertEquals(before + 1, bench.simulator.requests(Operation.TOKEN), "the library's own retries are off");
        assertEquals(0, bench.simulator.requests(Operation.CREATE));
    }

    @Test
    void oneFreshTokenIsTriedAndPaidFor() throws Exception {
        given.put("S", key);
        var connector = connector("credentials-secret", "S");
        bench.simulator.faults().always(Operation.CREATE, new Fault.Answer(bench.simulator.unauthorized(), false));
        var error = assertInstanceOf(CreateResult.Rejected.class, connector.create(plain())).error();
        assertEquals("AuthError", error.code());
        assertEquals(2, bench.simulator.requests(Operation.CREATE));
        assertEquals(2, bench.simulator.requests(Operation.TOKEN));
        assertEquals(Map.of("flyte", 1), bench.budget.taken);
    }

    @Test
    void aBareTokenIsReadAnewForEachCall() throws Exception {
        given.put("T", "ya29.stale");
        var connector = connector("access-token-secret", "T");
        assertInstanceOf(CreateResult.Rejected.class, connector.create(plain()));
        given.put("T", bench.simulator.accessToken());
        assertInstanceOf(CreateResult.Created.class, connector.create(plain()));
    }
}
