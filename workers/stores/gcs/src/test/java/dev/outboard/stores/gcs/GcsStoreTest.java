package dev.outboard.stores.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.StoreContext;
import dev.outboard.spi.StoreResult;
import dev.outboard.spi.TaskError;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.storage.GcsSimulator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's client against a simulated Cloud Storage. */
class GcsStoreTest {
    private static final String URI = "gs://b-1/flyte/run 1/ö+&%20/outputs.pb";
    private static final String KEY = "flyte/run 1/ö+&%20/outputs.pb";
    private static final byte[] CONTENT = new byte[1 << 20];

    private final SimClock clock = SimClock.running();
    private final GcsSimulator gcs = GcsSimulator.start(clock, 0, "b-1");
    private final GcsStore store = new GcsStore();
    private final Map<String, String> settings = new HashMap<>(gcs.settings());
    private final Map<String, String> secrets = new HashMap<>(gcs.secrets());

    @AfterEach
    void close() throws Exception {
        store.close();
        gcs.close();
    }

    private GcsStore opened() {
        store.open(new StoreContext(settings, name -> Optional.ofNullable(secrets.get(name)), clock));
        return store;
    }

    private TaskError refused(String uri) throws Exception {
        return assertInstanceOf(StoreResult.Refused.class, opened().write(uri, CONTENT)).error();
    }

    @Test
    void putsAnObjectAndReplacesIt() throws Exception {
        assertEquals(new StoreResult.Stored(), opened().write(URI, CONTENT));
        assertArrayEquals(CONTENT, gcs.object("b-1", KEY).orElseThrow());
        assertEquals(new StoreResult.Stored(), store.write(URI, new byte[]{1}));
        assertArrayEquals(new byte[]{1}, gcs.object("b-1", KEY).orElseThrow());
        assertEquals(2, gcs.requests(Operation.CREATE));
    }

    @Test
    void aNoOfTheStoreFailsTheJob() throws Exception {
        gcs.faults()
                .next(Operation.CREATE, new Fault.Answer(gcs.error(403, "forbidden",
                        "worker@p.iam.gserviceaccount.com does not have storage.objects.create access"), false));
        var error = refused(URI);
        assertEquals(Category.AUTH, error.platform().category());
        assertEquals("forbidden", error.platform().code());
        assertEquals("upload-1", error.platform().requestId());
        assertEquals(TaskError.Kind.SYSTEM, error.kind());
        assertEquals(new StoreResult.Stored(), store.write(URI, CONTENT));
    }

    @Test
    void aTokenIsAskedForOnceAndAgainWhenItIsRefused() throws Exception {
        opened().write(URI, CONTENT);
        store.write(URI, CONTENT);
        assertEquals(1, gcs.requests(Operation.TOKEN));
        gcs.faults().next(Operation.CREATE, new Fault.Answer(gcs.unauthorized(), false));
        assertEquals(new StoreResult.Stored(), store.write(URI, CONTENT));
        assertEquals(2, gcs.requests(Operation.TOKEN));
    }

    @Test
    void aSecretThatIsNoneIsNamedAndNotQuoted() throws Exception {
        secrets.put("gcs-account", "{\"private_key\": \"hunter2\"}");
        var told = assertThrows(IOException.class, () -> opened().write(URI, CONTENT));
        assertEquals("the secret gcs-account is no service account's JSON", told.getMessage());
        secrets.putAll(gcs.secrets());
        assertEquals(new StoreResult.Stored(), store.write(URI, CONTENT));
    }

    @Test
    void aBucketThatIsNotThereFailsTheJob() throws Exception {
        var error = refused("gs://b-2/outputs.pb");
        assertEquals("notFound", error.platform().code());
        assertEquals(TaskError.Kind.USER, error.kind());
        assertTrue(error.message().contains("b-2"), error.message());
        assertFalse(error.retryable());
    }

    @ParameterizedTest
    @CsvSource({"500, backendError", "503, backendError", "403, rateLimitExceeded", "409, conflict",
            "429, rateLimitExceeded"})
    void whatPassesIsTriedLaterAndNotByTheClient(int status, String code) throws Exception {
        gcs.faults().next(Operation.CREATE, new Fault.Answer(gcs.error(status, code, "later"), false));
        var told = assertThrows(Exception.class, () -> opened().write(URI, CONTENT));
        assertTrue(told.getMessage().contains(String.valueOf(status)), told.getMessage());
        assertEquals(1, gcs.requests(Operation.CREATE));
        assertEquals(new StoreResult.Stored(), store.write(URI, CONTENT));
    }

    @Test
    void aReplyThatIsLostIsWrittenAgain() throws Exception {
        gcs.faults().next(Operation.CREATE, new Fault.Drop(true));
        assertThrows(Exception.class, () -> opened().write(URI, CONTENT));
        assertEquals(1, gcs.requests(Operation.CREATE));
        assertEquals(new StoreResult.Stored(), store.write(URI, CONTENT));
    }

    @Test
    void aWriteThatHangsCanBeInterrupted() throws Exception {
        gcs.faults().next(Operation.CREATE, new Fault.Hang(false));
        opened();
        var ended = new CompletableFuture<Exception>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                store.write(URI, CONTENT);
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        Awaitility.await().until(() -> gcs.requests(Operation.CREATE) == 1);
        thread.interrupt();
        ended.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aSecretThatIsMissingIsNamed() throws Exception {
        secrets.clear();
        var told = assertThrows(Exception.class, () -> opened().write(URI, CONTENT));
        assertTrue(told.getMessage().contains("no secret named gcs-account"), told.getMessage());
    }

    @Test
    void anEndpointThatIsAwayIsTrouble() throws Exception {
        opened();
        gcs.close();
        assertThrows(Exception.class, () -> store.write(URI, CONTENT));
    }

    @Test
    void whatIsNotAllowedIsNotAsked() throws Exception {
        settings.put("buckets", "other");
        var result = assertInstanceOf(StoreResult.NotAllowed.class, opened().write(URI, CONTENT));
        assertTrue(result.why().contains("stores.gcs.buckets"), result.why());
        assertEquals(0, gcs.requests());
    }

    @Test
    void untilItIsConfiguredNothingIsWritten() throws Exception {
        settings.clear();
        var result = assertInstanceOf(StoreResult.NotAllowed.class, opened().write(URI, CONTENT));
        assertTrue(result.why().endsWith("is not set"), result.why());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket=b-1", "anonymous=true", "buckets=b-1 anonymous=true credentials-secret=k",
            "buckets=b-1 endpoint=ftp://x", "buckets=b-1 anonymous=maybe", "buckets=gs://b"})
    void nonsenseIsRefused(String given) {
        settings.clear();
        for (var setting : given.split(" ")) {
            settings.put(setting.split("=")[0], setting.split("=")[1]);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, this::opened).getMessage().contains("gcs"));
    }

    @Test
    void itIsFound() throws Exception {
        assertTrue(ServiceLoader.load(dev.outboard.spi.OutputStore.class)
                .stream()
                .anyMatch(found -> found.type() == GcsStore.class));
    }
}
