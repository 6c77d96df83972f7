package dev.outboard.crash.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A real job that takes one step at a time, and callers whose calls and answers take their time. */
final class OneJob {
    private record Call(int client, Kind kind, long start, long effect, long end, boolean lost) {}

    private final Random random;
    private final String name;
    private boolean created;
    private long incarnation;
    private long rev;

    OneJob(Random random, String name) {
        this.random = random;
        this.name = name;
    }

    void tell(Script script, int clients, int each) {
        var calls = new ArrayList<Call>();
        for (int client = 0; client < clients; client++) {
            calls.addAll(calls(client, each));
        }
        calls.sort(Comparator.comparingLong(Call::effect));
        for (var call : calls) {
            tell(script, call);
        }
    }

    private List<Call> calls(int client, int count) {
        var calls = new ArrayList<Call>();
        long now = random.nextInt(100);
        for (int i = 0; i < count; i++) {
            long start = now + random.nextInt(20);
            long effect = start + random.nextInt(30);
            long end = effect + random.nextInt(30);
            boolean lost = random.nextInt(10) == 0;
            // a lost create lands late, or never
            long lands = !lost ? effect : random.nextBoolean() ? end + random.nextInt(200) : Operation.OPEN;
            calls.add(new Call(client, random.nextInt(6) == 0 ? Kind.CREATE : Kind.GET, start, lands,
                    lost && random.nextBoolean() ? Operation.OPEN : end, lost));
            now = end;
        }
        return calls;
    }

    private void tell(Script script, Call call) {
        boolean existed = created;
        if (created && random.nextInt(4) == 0) {
            rev += 1 + random.nextInt(3);
        }
        if (call.kind == Kind.CREATE && !created && call.effect != Operation.OPEN) {
            created = true;
            incarnation = random.nextInt(1000);
            rev = 1;
        }
        long i = incarnation;
        long r = rev;
        script.call(call.client, call.kind, name, call.start, call.end, invocation -> {
            if (call.lost) {
                invocation.unknown();
            } else if (call.kind == Kind.CREATE) {
                invocation.created(existed);
            } else if (existed) {
                invocation.saw(i, r);
            } else {
                invocation.notFound();
            }
        });
    }
}
