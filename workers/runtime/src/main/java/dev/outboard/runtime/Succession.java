package dev.outboard.runtime;

import dev.outboard.dispatcher.lane.Call;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who serves each task type: the newest, but for a job whose handle an earlier one made that has not been forgotten. By
 * the connector's version that is seen; jobs of an earlier one with the newest's version go over to the newest. Any thread.
 *
 * @param <S> who serves
 */
final class Succession<S extends Object> {
    private record Line<S extends Object>(S newest, List<S> earlier) {}

    private final Map<String, Line<S>> byType = new ConcurrentHashMap<>();
    private final Function<S, Serving> serving;

    Succession(Function<S, Serving> serving) {
        this.serving = serving;
    }

    /** Who takes this call, or null. */
    @Nullable
    S of(Call call) {
        var line = byType.get(call.job().accepted().taskType());
        var handle = call.job().attempt().handle();
        if (line == null || handle == null || line.earlier().isEmpty()) {
            return line == null ? null : line.newest();
        }
        return Stream.concat(Stream.of(line.newest()), line.earlier().stream())
                .filter(one -> serving.apply(one).made(handle))
                .findFirst()
                .orElse(line.newest());
    }

    @Nullable
    S newest(String taskType) {
        var line = byType.get(taskType);
        return line == null ? null : line.newest();
    }

    /** From now on this one; who was it before keeps its jobs. */
    void add(String taskType, S next) {
        byType.compute(taskType, (_, line) -> line == null
                ? new Line<>(next, List.of())
                : new Line<>(next, Stream.concat(Stream.of(line.newest()), line.earlier().stream()).toList()));
    }

    /** Nobody any more. */
    void remove(String taskType) {
        byType.remove(taskType);
    }

    /** An earlier one gets no more calls. */
    void forget(Serving gone) {
        byType.replaceAll((_, line) -> new Line<>(line.newest(), line.earlier()
                .stream()
                .filter(one -> !Objects.equals(serving.apply(one), gone))
                .toList()));
    }

    /** The task types that somebody serves. */
    List<String> types() {
        return List.copyOf(byType.keySet());
    }
}
