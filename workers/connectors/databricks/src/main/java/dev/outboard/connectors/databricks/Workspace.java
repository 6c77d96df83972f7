package dev.outboard.connectors.databricks;

import dev.outboard.spi.CreateRequest;
import dev.outboard.support.Fields;
import dev.outboard.support.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * Where a job runs and as whom: what shares an allowance of requests.
 *
 * @param instance the workspace's host
 * @param secret names the job's own secret with a personal access token, or null for the worker's credentials
 */
record Workspace(String instance, @Nullable String secret) {
    private static final char BETWEEN = '|';

    /** @throws UserFault if the job names no workspace and there is no default */
    static Workspace of(CreateRequest request, DatabricksSettings settings) throws UserFault {
        var custom = Fields.at(RunBody.CUSTOM, request.template().custom());
        var instance = custom.text("databricksInstance");
        if (instance == null) {
            instance = settings.instance();
        }
        if (instance == null) {
            throw custom.missing("databricksInstance",
                    "the workspace's host, such as example.cloud.databricks.com; or the "
                            + "operator sets `instance`");
        }
        // one account, however it is written
        var host = settings.hosts().url(instance, custom.pointer("databricksInstance")).getAuthority();
        var secrets = custom.object("secrets");
        var secret = secrets == null ? null : secrets.text("databricks_token");
        return new Workspace(host, secret != null ? secret : custom.text("databricksTokenSecret"));
    }

    static Workspace of(String account) {
        int between = account.indexOf(BETWEEN);
        return between < 0
                ? new Workspace(account, null)
                : new Workspace(account.substring(0, between), account.substring(between + 1));
    }

    /** As {@link #of(String)} reads it. */
    String account() {
        return secret == null ? instance : instance + BETWEEN + secret;
    }
}
