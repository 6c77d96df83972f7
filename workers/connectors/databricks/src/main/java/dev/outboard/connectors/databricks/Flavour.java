package dev.outboard.connectors.databricks;

import dev.outboard.support.Fields;
import dev.outboard.support.UserFault;
import java.util.Map;

/** Whose template it is; each brings entry points of its own, fetched by git. */
enum Flavour {
    /** flytekit's. */
    FLYTE_1("https://github.com/flyteorg/flytetools", "572298df1f971fb58c258398bd70a6372f811c96") {
        @Override
        String pythonFile(boolean serverless) {
            return serverless
                    ? "flytekitplugins/databricks/entrypoint_serverless.py"
                    : "flytekitplugins/databricks/entrypoint.py";
        }
    },
    /** The Flyte 2 SDK's, which names its token's secret in {@code custom.secrets}. */
    FLYTE_2("https://github.com/flyteorg/flytetools", "194364210c47c49ce66c419e8fb68d6f9c06fd7e") {
        @Override
        String pythonFile(boolean serverless) {
            return "flyteplugins/databricks/entrypoint.py";
        }
    };

    private final String repository;
    private final String commit;

    Flavour(String repository, String commit) {
        this.repository = repository;
        this.commit = commit;
    }

    static Flavour of(Fields custom) throws UserFault {
        var secrets = custom.object("secrets");
        return secrets != null && secrets.names().contains("databricks_token") ? FLYTE_2 : FLYTE_1;
    }

    abstract String pythonFile(boolean serverless);

    Map<String, Object> entrypoints() {
        return Map.of("git_url", repository, "git_provider", "gitHub", "git_commit", commit);
    }
}
