package dev.outboard.standalone.cli.profile;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All profiles, by name. Immutable.
 *
 * @param current the name of the one in use, or null; always one of them
 */
public record Profiles(@Nullable String current, SequencedMap<String, Profile> byName) {
    public static final Profiles NONE = new Profiles(null, new TreeMap<>());
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    public Profiles {
        byName = Collections.unmodifiableSequencedMap(new TreeMap<>(byName));
        current = current != null && byName.containsKey(current) ? current : null;
    }

    /** With one more, or another in its place; the first of all is in use. */
    public Profiles with(String name, Profile profile) {
        if (!name.matches(NAME)) {
            throw new Failure(ExitCode.USAGE, "a profile's name is 1 to 64 letters, digits, '.', '_' and '-'",
                    "choose another name");
        }
        var all = new TreeMap<>(byName);
        all.put(name, profile);
        return new Profiles(current == null ? name : current, all);
    }

    /** With this one in use. */
    public Profiles use(String name) {
        get(name);
        return new Profiles(name, byName);
    }

    public Profiles without(String name) {
        get(name);
        var all = new TreeMap<>(byName);
        all.remove(name);
        return new Profiles(current, all);
    }

    /**
     * @throws Failure if there is none of this name
     */
    public Profile get(String name) {
        var profile = byName.get(name);
        if (profile == null) {
            throw new Failure(ExitCode.USAGE,
                    "there is no profile '" + name.replaceAll("\\p{Cntrl}", "") + "'"
                            + (byName.isEmpty() ? "" : "; known: " + String.join(", ", byName.keySet())),
                    "make it with ./outboard config set-profile NAME --server URL");
        }
        return profile;
    }
}
