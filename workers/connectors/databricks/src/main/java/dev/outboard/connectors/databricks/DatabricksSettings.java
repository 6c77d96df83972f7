package dev.outboard.connectors.databricks;

import dev.outboard.support.AllowedHosts;
import dev.outboard.support.Settings;
import dev.outboard.support.UserFault;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connector's settings.
 *
 * @param endpoint where all requests go instead of the job's workspace, or null
 * @param hosts workspaces that a job may name
 * @param instance the workspace of jobs that name none, or null
 * @param instances the workspaces that a sweep lists
 * @param tokenSecret names the secret with a personal access token
 * @param clientId of an OAuth service principal, or null
 * @param clientSecret names the secret with its secret
 * @param azure a service principal of Microsoft Entra, or null
 */
record DatabricksSettings(@Nullable URI endpoint, AllowedHosts hosts, @Nullable String instance, List<String> instances,
        String tokenSecret, @Nullable String clientId, String clientSecret, @Nullable Azure azure) {
    static final Set<String> NAMES = Set.of("endpoint", "allowed-hosts", "instance", "instances",
            "token-secret",
            "client-id", "client-secret-secret", "azure-tenant-id", "azure-client-id", "azure-client-secret-secret",
            "azure-authority");
    private static final String LOGIN = "https://login.microsoftonline.com";
    private static final List<String> VENDORS = List.of("*.cloud.databricks.com", "*.azuredatabricks.net",
            "*.gcp.databricks.com", "*.databricks.azure.us", "*.databricks.azure.cn");

    /**
     * @param tokenUrl of the tenant
     * @param secret names the one that holds the principal's
     */
    record Azure(URI tokenUrl, String client, String secret) {}

    /** @throws IllegalArgumentException naming the setting that is wrong */
    static DatabricksSettings of(Map<String, String> given) {
        var settings = new Settings("databricks", given, NAMES);
        var allowed = settings.list("allowed-hosts");
        var hosts = new AllowedHosts(allowed.isEmpty() ? VENDORS : allowed);
        var instance = settings.text("instance");
        var instances = settings.list("instances");
        if (instance != null) {
            host(hosts, "instance", instance);
        }
        instances.forEach(each -> host(hosts, "instances", each));
        return new DatabricksSettings(settings.url("endpoint"), hosts, instance,
                instances.isEmpty() && instance != null ? List.of(instance) : instances,
                or(settings.text("token-secret"), "databricks-token"), settings.text("client-id"),
                or(settings.text("client-secret-secret"), "databricks-client-secret"), azure(settings));
    }

    private static void host(AllowedHosts hosts, String setting, String named) {
        try {
            hosts.url(named, setting);
        } catch (UserFault fault) {
            throw new IllegalArgumentException(
                    "databricks' setting `" + setting + "`, `" + named + "`: " + fault.error().message());
        }
    }

    private static @Nullable Azure azure(Settings settings) {
        var tenant = settings.text("azure-tenant-id");
        var client = settings.text("azure-client-id");
        if (tenant == null && client == null && settings.text("azure-authority") == null) {
            return null;
        }
        if (tenant == null || client == null) {
            throw new IllegalArgumentException(
                    "databricks needs both settings `azure-tenant-id` and `azure-client-id`");
        }
        // it goes into a URL
        if (!tenant.matches("[A-Za-z0-9.-]{1,253}")) {
            throw new IllegalArgumentException("databricks' setting `azure-tenant-id` must be a tenant's id or domain");
        }
        var authority = settings.url("azure-authority");
        var tokenUrl = (authority == null ? LOGIN : authority.toString()) + "/" + tenant + "/oauth2/v2.0/token";
        return new Azure(URI.create(tokenUrl), client,
                or(settings.text("azure-client-secret-secret"), "databricks-azure-client-secret"));
    }

    private static String or(@Nullable String text, String unless) {
        return text == null ? unless : text;
    }
}
