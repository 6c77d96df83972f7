package dev.outboard.dispatcher.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class BarrierTest {
    private static final TopicPartition PLACE = new TopicPartition("t", 0);

    /** What was asked, to be answered by the test. */
    private final List<KafkaFutureImpl<ListOffsetsResultInfo>> asked = new ArrayList<>();
    private boolean broken;
    private final Counter rounds = new SimpleMeterRegistry().counter("rounds");
    private final Barrier barrier = new Barrier((Admin) Proxy.newProxyInstance(BarrierTest.class.getClassLoader(),
            new Class<?>[]{Admin.class}, (_, method, arguments) -> {
                if (broken || !method.getName().equals("listOffsets")) {
                    throw new KafkaException("cannot " + method.getName());
                }
                if (((Map<?, ?>) arguments[0]).isEmpty()) {
                    return new ListOffsetsResult(Map.of());
                }
                var answer = new KafkaFutureImpl<ListOffsetsResultInfo>();
                asked.add(answer);
                return new ListOffsetsResult(Map.of(PLACE, (KafkaFuture<ListOffsetsResultInfo>) answer));
            }), rounds);

    @Test
    void whoComesWhileAQuestionIsUnderWaySharesTheNext() throws Exception {
        var first = barrier.ends(Set.of(PLACE));
        var second = barrier.ends(Set.of(PLACE));
        var third = barrier.ends(Set.of(PLACE));
        assertEquals(1, asked.size());
        answer(0, 5);
        assertEquals(5, first.get(1, TimeUnit.SECONDS).get(PLACE));
        assertEquals(2, asked.size());
        answer(1, 6);
        assertEquals(6, second.get(1, TimeUnit.SECONDS).get(PLACE));
        assertEquals(6, third.get(1, TimeUnit.SECONDS).get(PLACE));
        assertEquals(2, rounds.count());
    }

    @Test
    void nobodyWaitsForLongWhileKafkaSaysNothing() {
        var first = barrier.ends(Set.of(PLACE));
        var second = barrier.ends(Set.of(PLACE));
        for (var unanswered : List.of(first, second)) {
            var e = assertThrows(ExecutionException.class, () -> unanswered.get(20, TimeUnit.SECONDS));
            assertInstanceOf(TimeoutException.class, e.getCause());
        }
    }

    @Test
    void aRoundThatFailsDoesNotEndAllOthers() throws Exception {
        broken = true;
        var first = barrier.ends(Set.of(PLACE));
        assertThrows(ExecutionException.class, () -> first.get(1, TimeUnit.SECONDS));
        broken = false;
        var second = barrier.ends(Set.of(PLACE));
        asked.get(0).completeExceptionally(new KafkaException("no leader"));
        assertThrows(ExecutionException.class, () -> second.get(1, TimeUnit.SECONDS));
        var third = barrier.ends(Set.of(PLACE));
        answer(1, 7);
        assertEquals(7, third.get(1, TimeUnit.SECONDS).get(PLACE));
    }

    private void answer(int question, long offset) {
        asked.get(question).complete(new ListOffsetsResultInfo(offset, 0, java.util.Optional.empty()));
    }
}
