package dev.outboard.stores.s3;

import dev.outboard.spi.OutputStore;
import dev.outboard.spi.StoreContext;
import dev.outboard.spi.StoreResult;
import dev.outboard.support.Buckets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Puts one object; S3 shows it whole or not at all. */
public final class S3Store implements OutputStore {
    static final String SETTING = "stores.s3.buckets";

    private volatile Buckets buckets = new Buckets("s3", SETTING, List.of());
    private volatile @Nullable S3Client client;

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public void open(StoreContext context) {
        var settings = S3Settings.of(context.settings());
        buckets = settings.buckets();
        if (!buckets.none()) {
            client = settings.client(context.secrets());
        }
    }

    @Override
    public StoreResult write(String uri, byte[] content) {
        Buckets.Place place;
        try {
            place = buckets.locate(uri);
        } catch (Buckets.NotAllowed e) {
            return new StoreResult.NotAllowed(e.getMessage());
        }
        var put = PutObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .contentType("application/octet-stream")
                .build();
        try {
            Objects.requireNonNull(client, "it is not open").putObject(put, RequestBody.fromBytes(content));
            return new StoreResult.Stored();
        } catch (S3Exception e) {
            var refusal = Refusals.of(e, place.bucket());
            if (refusal == null) {
                throw e;
            }
            return new StoreResult.Refused(refusal);
        }
    }

    @Override
    public void close() {
        var open = client;
        if (open != null) {
            open.close();
        }
    }
}
