package dev.outboard.standalone.cli;

import dev.outboard.client.JobState;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The states that a server knows, as words of a command line. */
final class States implements ITypeConverter<JobState>, Iterable<String> {
    @Override
    public JobState convert(String value) {
        return known().filter(state -> state.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is no state; there are "
                        + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return known().map(JobState::name).iterator();
    }

    private static Stream<JobState> known() {
        return Stream.of(JobState.values()).filter(state -> state != JobState.UNKNOWN);
    }
}
