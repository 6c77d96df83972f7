package dev.outboard.connectors.bigquery;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.services.bigquery.Bigquery;
import com.google.auth.Retryable;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import dev.outboard.spi.Budget;
import dev.outboard.spi.PlatformError;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests, each exactly once; only one that is answered 401 is sent again, with a fresh token. The vendor's
 * retries are off: they would hold a worker's slot, and some change the job's id.
 */
final class Client {
    private static final NetHttpTransport TRANSPORT = new NetHttpTransport();
    private static final int CONNECT_MS = 10_000;
    /** Less than the connector's deadline for a call, so that it is we who see the end. */
    private static final int READ_MS = 25_000;

    private final GoogleCredentials credentials;
    private final Budget budget;
    private final Bigquery bigquery;
    private final ReentrantLock refreshing = new ReentrantLock();

    Client(String rootUrl, GoogleCredentials credentials, Budget budget) {
        this.credentials = credentials;
        this.budget = budget;
        // for the vendor's headers and time-outs; who asks is written by authorize, one token for all requests
        var options = BigQueryOptions.newBuilder()
                .setProjectId("unused")
                .setCredentials(NoCredentials.getInstance())
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout(CONNECT_MS)
                        .setReadTimeout(READ_MS)
                        .build())
                .build();
        var vendors = ((HttpTransportOptions) options.getTransportOptions()).getHttpRequestInitializer(options);
        bigquery = new Bigquery.Builder(TRANSPORT, Json.FACTORY, request -> {
            vendors.initialize(request);
            authorize(request);
        }).setRootUrl(rootUrl).setApplicationName("Outboard/" + BigQueryConnector.VERSION).build();
    }

    private void authorize(HttpRequest request) throws IOException {
        credentials.getRequestMetadata(request.getUrl().toURI())
                .forEach((name, values) -> request.getHeaders().set(name, values));
        request.setNumberOfRetries(0);
        request.setFollowRedirects(false);
        request.setUnsuccessfulResponseHandler(null);
        request.setIOExceptionHandler(null);
    }

    /** Makes a request. */
    interface Ask<T> {
        AbstractGoogleJsonClientRequest<T> of(Bigquery bigquery) throws IOException;
    }

    /**
     * @param account that pays for a second request, if there must be one
     * @throws Refused if there is an answer, and it is an error
     * @throws IOException if there is none, or none that can be read
     * @throws NoLogin if there is no token; nothing was sent
     */
    <T> T call(String account, Ask<T> ask) throws IOException, NoLogin, InterruptedException {
        var token = token();
        try {
            return send(ask);
        } catch (Refused e) {
            // a bare access token cannot be renewed by us; whoever rotates its secret is read at the next call
            if (e.status() != 401 || credentials.getClass() == GoogleCredentials.class) {
                throw e;
            }
        }
        budget.take(account);
        refresh(token);
        return send(ask);
    }

    private <T> T send(Ask<T> ask) throws IOException {
        try {
            var answer = ask.of(bigquery).execute();
            if (answer == null) {
                throw new IOException("BigQuery's answer is empty");
            }
            return answer;
        } catch (HttpResponseException e) {
            throw Refused.of(e);
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
            // the vendor's parser meets what is no JSON, or other JSON, so
            throw new IOException("BigQuery's answer cannot be read", e);
        }
    }

    private @Nullable AccessToken token() throws NoLogin {
        try {
            credentials.refreshIfExpired();
            return credentials.getAccessToken();
        } catch (IOException | RuntimeException e) {
            throw refused(e);
        }
    }

    /** Fetches a token unless another thread has done so since {@code used} was. */
    private void refresh(@Nullable AccessToken used) throws NoLogin, InterruptedException {
        refreshing.lockInterruptibly();
        try {
            if (used == credentials.getAccessToken()) {
                credentials.refresh();
            }
        } catch (IOException | RuntimeException e) {
            throw refused(e);
        } finally {
            refreshing.unlock();
        }
    }

    private static NoLogin refused(Exception e) {
        var status = status(e);
        boolean passing = e instanceof Retryable retryable && retryable.isRetryable()
                || e instanceof IOException && status == 0 && !(e instanceof Retryable) || status >= 500;
        var why = status == 0
                ? passing ? "its token service cannot be reached" : "they cannot be renewed"
                : "its token service answers " + status;
        return new NoLogin(TaskError.system("CredentialsRefused", "Google gives no access token for the credentials: "
                + why, passing)
                .next("Check that the service account exists and its key is not deleted; then give the worker a new key.")
                .from(new PlatformError(Reasons.PLATFORM, PlatformError.Category.AUTH, null, null, null)), passing);
    }

    private static int status(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException answer) {
                return answer.getStatusCode();
            }
        }
        return 0;
    }
}
