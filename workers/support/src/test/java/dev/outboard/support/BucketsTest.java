package dev.outboard.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    private static Buckets of(String... allowed) {
        return new Buckets("s3", "stores.s3.buckets", List.of(allowed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-bucket", "*", "my-bucket/flyte", "other,my-bucket/flyte/"})
    void whatIsNamedIsAllowed(String allowed) throws Exception {
        assertEquals(new Buckets.Place("my-bucket", "flyte/run 1/outputs.pb"),
                of(allowed.split(",")).locate("s3://my-bucket/flyte/run 1/outputs.pb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-bucke", "my-bucket-2", "my-bucket/fly", "my-bucket/flyte/run 1/outputs.pb/x"})
    void whatIsNotNamedIsNot(String allowed) {
        var why = assertThrows(Buckets.NotAllowed.class,
                () -> of(allowed).locate("s3://my-bucket/flyte/run 1/outputs.pb")).getMessage();
        assertTrue(why.contains("stores.s3.buckets does not name") && why.endsWith("my-bucket"), why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://my-bucket", "s3://my-bucket/", "s3:///key", "s3:my-bucket/key", "gs://my-bucket/key",
            "s3://user:hunter2@my-bucket/key", "s3://my-bucket/key?sig=hunter2", "s3://my-bucket/a/../b",
            "s3://my-bucket/./b", "s3://my-bucket/a\nb", "s3://MY_BUCKET/key", ""})
    void whatIsNoPlaceIsNotRepeated(String uri) {
        var why = assertThrows(Buckets.NotAllowed.class, () -> of("*").locate(uri)).getMessage();
        assertTrue(why.contains("s3://bucket/path"), why);
        assertFalse(why.contains("hunter2"), why);
    }

    @Test
    void whileNoneIsNamedNothingIsAllowed() {
        var why = assertThrows(Buckets.NotAllowed.class, () -> of().locate("s3://my-bucket/key")).getMessage();
        assertTrue(why.contains("stores.s3.buckets") && why.endsWith("is not set"), why);
    }

    @Test
    void aSettingThatNamesNoBucketIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> of("s3://b")).getMessage()
                .contains("`s3://b` is none"));
    }
}
