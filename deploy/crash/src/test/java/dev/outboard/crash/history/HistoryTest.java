package dev.outboard.crash.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private long now = -5_000;
    private final History history = new History(() -> now);

    @Test
    void timesCountFromTheHistorysBegin() {
        now += 10;
        var call = history.begin(3, "api-1", Kind.GET, "j");
        now += 10;
        assertEquals(List.of(new Operation(3, "api-1", Kind.GET, "j", 10, Operation.OPEN, new Result.Unknown())),
                history.operations());
        call.saw(7, 2);
        assertEquals(List.of(new Operation(3, "api-1", Kind.GET, "j", 10, 20, new Result.Saw(7, 2))),
                history.operations());
    }

    @Test
    void anAnswerMustFitTheQuestionAndComesOnce() {
        var get = history.begin(1, "api", Kind.GET, "j");
        assertThrows(IllegalStateException.class, () -> get.created(false));
        get.unknown();
        assertThrows(IllegalStateException.class, get::notFound);
        var create = history.begin(1, "api", Kind.CREATE, "j");
        assertThrows(IllegalStateException.class, () -> create.saw(1, 1));
        assertThrows(IllegalStateException.class, create::notFound);
    }

    @Test
    void manyCallersShareIt() throws Exception {
        var shared = new History();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client : IntStream.range(0, 16).toArray()) {
                callers.submit(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        shared.begin(client, "api", Kind.CREATE, "j" + client + "." + i).created(false);
                    }
                });
            }
        }
        assertEquals(16_000, shared.operations().size());
        assertEquals(List.of(), Linearizability.check(shared));
    }
}
