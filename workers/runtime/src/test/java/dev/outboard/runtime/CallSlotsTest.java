package dev.outboard.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.outboard.dispatcher.job.Demand.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallSlotsTest {
    private final CallSlots slots = new CallSlots(1);
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatIsOwedComesFirstAndNobodyWaitsForEver() throws InterruptedException {
        slots.acquire(Fixture.call(Op.POLL));
        for (int i = 1; i <= 5; i++) {
            waits(Op.POLL, i);
        }
        waits(Op.CHECK, 1);
        waits(Op.CREATE, 1);
        waits(Op.CREATE, 2);
        waits(Op.DELETE, 1);
        waits(Op.OCCUPY, 1);
        for (int i = 1; i <= 10; i++) {
            slots.release();
            int count = i;
            await().until(() -> served.size() == count);
        }
        assertEquals(List.of("DELETE 1", "OCCUPY 1", "CREATE 1", "POLL 1", "CREATE 2", "CHECK 1", "POLL 2", "POLL 3",
                "POLL 4", "POLL 5"), served);
        slots.release();
        assertEquals(0, slots.taken());
    }

    @Test
    void whoGivesUpTakesNoSlotAlong() throws InterruptedException {
        slots.acquire(Fixture.call(Op.POLL));
        var gone = waits(Op.DELETE, 1);
        waits(Op.POLL, 2);
        gone.interrupt();
        gone.join();
        assertEquals(1, slots.waiting());
        slots.release();
        await().until(() -> served.equals(List.of("POLL 2")));
        slots.release();
        assertEquals(0, slots.taken());
    }

    private Thread waits(Op op, int number) {
        int before = slots.waiting();
        var thread = Thread.startVirtualThread(() -> {
            try {
                slots.acquire(Fixture.call(op));
                served.add(op + " " + number);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> slots.waiting() == before + 1);
        return thread;
    }
}
