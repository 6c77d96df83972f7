package dev.outboard.standalone.cli;

import dev.outboard.standalone.cli.profile.Profile;
import dev.outboard.standalone.cli.profile.ProfileFile;
import dev.outboard.standalone.cli.profile.Profiles;
import dev.outboard.standalone.cli.show.Table;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outboard config}. */
@Command(name = "config", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = {
        "Keeps profiles: servers that have a name.",
        "They are in a file of yours, config.json in the folder outboard of XDG_CONFIG_HOME (default:",
        "~/.config); OUTBOARD_CONFIG names another file. Tokens are not in it: a profile names the file that",
        "holds one. The token is sent to that profile's server alone; OUTBOARD_TOKEN wins over it.",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {Exits.DONE,
                "2:wrong usage, no such profile, or a file that cannot be used"}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard config set-profile prod --server https://outboard.example --token-file TOKEN",
                        "  ./outboard config use prod",
                        "  ./outboard list --profile prod"})
public final class ConfigVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    ConfigVerb() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    @Command(name = "set-profile", mixinStandardHelpOptions = true, description = {
            "Makes a profile, or replaces it; the first one is in use.", ""})
    int setProfile(@Parameters(paramLabel = "NAME", description = "Letters, digits, '.', '_' and '-'.") String name,
            @Option(names = "--server", required = true, paramLabel = "URL", description = "Where the API is.") String server,
            @Option(names = "--token-file", paramLabel = "FILE", description = "The file that holds the bearer token.") @Nullable Path tokenFile) {
        Target.address(server);
        if (tokenFile != null && !Files.isReadable(tokenFile)) {
            throw new Failure(ExitCode.USAGE, "cannot read the token file " + tokenFile,
                    "name a file that you may read");
        }
        var profile = new Profile(server, tokenFile == null ? null : tokenFile.toAbsolutePath().normalize().toString());
        return change(file().read().with(name, profile));
    }

    @Command(name = "use", mixinStandardHelpOptions = true, description = {"Chooses the profile that counts.", ""})
    int use(@Parameters(paramLabel = "NAME", description = "A profile's name.") String name) {
        return change(file().read().use(name));
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = {"Forgets a profile.", ""})
    int remove(@Parameters(paramLabel = "NAME", description = "A profile's name.") String name) {
        return change(file().read().without(name));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = {
            "Lists the profiles; a star marks the one in use.", ""})
    int list() {
        var profiles = file().read();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("", "PROFILE", "SERVER", "TOKEN FILE"));
        profiles.byName()
                .forEach((name, profile) -> rows.add(List.of(name.equals(profiles.current()) ? "*" : "", name,
                        Text.orDash(profile.server()), Text.orDash(profile.tokenFile()))));
        if (rows.size() > 1) {
            spec.commandLine().getOut().println(Table.of(rows));
        } else {
            tell("no profiles");
            tell("next: make one with ./outboard config set-profile NAME --server URL");
        }
        return ExitCode.OK.code();
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = {
            "Shows where commands go now: the profile in use or another.", ""})
    int show(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "A profile's name (default: as options, environment and file choose).") @Nullable String name) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("file", file().path().toString()));
        if (name != null) {
            var profile = file().read().get(name);
            rows.add(List.of("profile", name));
            rows.add(List.of("server", Text.oneLine(profile.server())));
            rows.add(List.of("token file", Text.orDash(profile.tokenFile())));
        } else {
            var target = ClientVerb.of(spec).target(ClientVerb.of(spec));
            rows.add(List.of("profile", Text.orDash(target.profile())));
            rows.add(List.of("server", target.server().toString()));
            rows.add(List.of("token", target.token() == null ? "none" : "set"));
        }
        spec.commandLine().getOut().println(Table.of(rows));
        return ExitCode.OK.code();
    }

    private int change(Profiles profiles) {
        file().write(profiles);
        tell("in use: " + Text.orDash(profiles.current()));
        return ExitCode.OK.code();
    }

    private ProfileFile file() {
        return ProfileFile.of(ClientVerb.of(spec).surroundings().environment());
    }

    private void tell(String line) {
        spec.commandLine().getErr().println(line);
    }
}
