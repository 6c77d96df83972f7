package dev.outboard.stores.s3;

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
import dev.outboard.testkit.storage.S3Simulator;
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

/** Amazon's client against a simulated S3. */
class S3StoreTest {
    private static final String URI = "s3://b-1/flyte/run 1/ö+&%20/outputs.pb";
    private static final String KEY = "flyte/run 1/ö+&%20/outputs.pb";
    private static final byte[] CONTENT = new byte[1 << 20];

    private final SimClock clock = SimClock.running();
    private final S3Simulator s3 = S3Simulator.start(clock, 0, "b-1");
    private final S3Store store = new S3Store();
    private final Map<String, String> settings = new HashMap<>(s3.settings());
    private final Map<String, String> secrets = new HashMap<>(s3.secrets());

    @AfterEach
    void close() {
        store.close();
        s3.close();
    }

    private S3Store opened() {
        store.open(new StoreContext(settings, name -> Optional.ofNullable(secrets.get(name)), clock));
        return store;
    }

    private TaskError refused(String uri) {
        return assertInstanceOf(StoreResult.Refused.class, opened().write(uri, CONTENT)).error();
    }

    @Test
    void putsAnObjectAndReplacesIt() {
        assertEquals(new StoreResult.Stored(), opened().write(URI, CONTENT));
        assertArrayEquals(CONTENT, s3.object("b-1", KEY).orElseThrow());
        assertEquals(new StoreResult.Stored(), store.write(URI, new byte[]{1}));
        assertArrayEquals(new byte[]{1}, s3.object("b-1", KEY).orElseThrow());
        assertEquals(2, s3.requests());
    }

    @Test
    void aRotatedSecretIsTakenUp() {
        secrets.put("s3-access-key", "AKIAOLD");
        var error = refused(URI);
        assertEquals(Category.AUTH, error.platform().category());
        assertEquals("InvalidAccessKeyId", error.platform().code());
        assertEquals(TaskError.Kind.SYSTEM, error.kind());
        assertTrue(error.platform().requestId().startsWith("S3SIM"), error.toString());
        assertFalse(error.toString().contains("AKIAOLD") || error.toString().contains(S3Simulator.SECRET_KEY));
        secrets.putAll(s3.secrets());
        assertEquals(new StoreResult.Stored(), store.write(URI, CONTENT));
    }

    @Test
    void aBucketThatIsNotThereFailsTheJob() {
        var error = refused("s3://b-2/outputs.pb");
        assertEquals("NoSuchBucket", error.platform().code());
        assertEquals(TaskError.Kind.USER, error.kind());
        assertTrue(error.message().contains("b-2"), error.message());
        assertFalse(error.retryable());
    }

    @Test
    void aBucketElsewhereSaysWhichSettingToMend() {
        s3.faults()
                .next(Operation.CREATE, new Fault.Answer(
                        s3.error(301, "PermanentRedirect", "The bucket must be addressed using the specified endpoint"),
                        false));
        assertTrue(refused(URI).nextStep().contains("stores.s3.region"));
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, SlowDown", "400, ExpiredToken", "403, RequestTimeTooSkewed",
            "409, OperationAborted", "429, TooManyRequests"})
    void whatPassesIsTriedLaterAndNotByTheClient(int status, String code) {
        s3.faults().next(Operation.CREATE, new Fault.Answer(s3.error(status, code, "later"), false));
        var told = assertThrows(Exception.class, () -> opened().write(URI, CONTENT));
        assertTrue(told.getMessage().contains("Status Code: " + status), told.getMessage());
        assertEquals(1, s3.requests());
        assertEquals(new StoreResult.Stored(), store.write(URI, CONTENT));
    }

    @Test
    void aReplyThatIsLostIsWrittenAgain() {
        s3.faults().next(Operation.CREATE, new Fault.Drop(true));
        assertThrows(Exception.class, () -> opened().write(URI, CONTENT));
        assertEquals(1, s3.requests());
        assertEquals(new StoreResult.Stored(), store.write(URI, CONTENT));
    }

    @Test
    void aWriteThatHangsCanBeInterrupted() throws Exception {
        s3.faults().next(Operation.CREATE, new Fault.Hang(false));
        opened();
        var ended = new CompletableFuture<Exception>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                store.write(URI, CONTENT);
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        Awaitility.await().until(() -> s3.requests() == 1);
        thread.interrupt();
        ended.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aSecretThatIsMissingIsNamed() {
        secrets.clear();
        var told = assertThrows(Exception.class, () -> opened().write(URI, CONTENT));
        assertTrue(told.getMessage().contains("no secret named s3-access-key"), told.getMessage());
    }

    @Test
    void anEndpointThatIsAwayIsTrouble() {
        opened();
        s3.close();
        assertThrows(Exception.class, () -> store.write(URI, CONTENT));
    }

    @Test
    void whatIsNotAllowedIsNotAsked() {
        settings.put("buckets", "other");
        var result = assertInstanceOf(StoreResult.NotAllowed.class, opened().write(URI, CONTENT));
        assertTrue(result.why().contains("stores.s3.buckets"), result.why());
        assertEquals(0, s3.requests());
    }

    @Test
    void untilItIsConfiguredNothingIsWritten() {
        settings.clear();
        var result = assertInstanceOf(StoreResult.NotAllowed.class, opened().write(URI, CONTENT));
        assertTrue(result.why().endsWith("is not set"), result.why());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket=b-1", "region=eu-central-1", "buckets=b-1",
            "buckets=b-1 region=x access-key-secret=k",
            "buckets=b-1 endpoint=ftp://x", "buckets=b-1 region=x path-style=maybe"})
    void nonsenseIsRefused(String given) {
        settings.clear();
        for (var setting : given.split(" ")) {
            settings.put(setting.split("=")[0], setting.split("=")[1]);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, this::opened).getMessage().startsWith("s3"));
    }

    @Test
    void itIsFound() {
        assertTrue(ServiceLoader.load(dev.outboard.spi.OutputStore.class)
                .stream()
                .anyMatch(found -> found.type() == S3Store.class));
    }
}
