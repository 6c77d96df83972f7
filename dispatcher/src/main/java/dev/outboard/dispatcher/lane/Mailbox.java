package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Outcomes of calls, from any thread, for the lane's next turn. Bounded by the calls under way: one a row. */
final class Mailbox {

    /** A call's result, for the row that wanted it. */
    record Mail(Row row, Input.Result result) {}

    private static final long MAX_OUTPUTS = 8L * 1024 * 1024;

    private final Queue<Mail> mails = new ConcurrentLinkedQueue<>();

    void put(Mail mail) {
        mails.add(mail);
    }

    boolean isEmpty() {
        return mails.isEmpty();
    }

    /** The oldest, up to so many; fewer where their outputs are large, for all of them are written at once. */
    List<Mail> take(int limit) {
        var taken = new ArrayList<Mail>();
        long outputs = 0;
        while (taken.size() < limit && outputs < MAX_OUTPUTS) {
            var mail = mails.poll();
            if (mail == null) {
                break;
            }
            taken.add(mail);
            outputs += mail.result().outcome() instanceof Outcome.Succeeded ended ? ended.outputs().weight() : 0;
        }
        return taken;
    }
}
