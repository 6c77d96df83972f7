package dev.outboard.stores.gcs;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import dev.outboard.spi.OutputStore;
import dev.outboard.spi.StoreContext;
import dev.outboard.spi.StoreResult;
import dev.outboard.support.Buckets;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Uploads one object in one request; the store shows it whole or not at all. */
public final class GcsStore implements OutputStore {
    static final String SETTING = "stores.gcs.buckets";

    private volatile Buckets buckets = new Buckets("gs", SETTING, List.of());
    private volatile @Nullable Storage client;

    @Override
    public String name() {
        return "gcs";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("gs");
    }

    @Override
    public void open(StoreContext context) {
        var settings = GcsSettings.of(context.settings());
        buckets = settings.buckets();
        if (!buckets.none()) {
            var transport = new NetHttpTransport();
            var builder = new Storage.Builder(transport, GsonFactory.getDefaultInstance(),
                    new Access(settings, context.secrets(), transport)).setApplicationName("outboard");
            var endpoint = settings.endpoint();
            client = (endpoint == null ? builder : builder.setRootUrl(endpoint + "/")).build();
        }
    }

    @Override
    public StoreResult write(String uri, byte[] content) throws IOException {
        Buckets.Place place;
        try {
            place = buckets.locate(uri);
        } catch (Buckets.NotAllowed e) {
            return new StoreResult.NotAllowed(e.getMessage());
        }
        var insert = Objects.requireNonNull(client, "it is not open")
                .objects()
                .insert(place.bucket(), new StorageObject().setName(place.key()),
                        new ByteArrayContent("application/octet-stream", content));
        insert.getMediaHttpUploader().setDirectUploadEnabled(true);
        insert.setDisableGZipContent(true);
        try {
            insert.execute();
            return new StoreResult.Stored();
        } catch (HttpResponseException e) {
            var refusal = Refusals.of(e, place.bucket());
            if (refusal == null) {
                throw e;
            }
            return new StoreResult.Refused(refusal);
        }
    }

    @Override
    public void close() throws IOException {
        var open = client;
        if (open != null) {
            open.getRequestFactory().getTransport().shutdown();
        }
    }
}
