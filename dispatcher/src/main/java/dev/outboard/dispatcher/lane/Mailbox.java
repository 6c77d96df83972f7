package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Outcomes of calls, from any thread, for the lane's next turn. Bounded by the calls under way: one a row. */
final class Mailbox {

    /** A call's result, for the row that wanted it. */
    record Mail(Row row, Input.Result result) {}

    private final Queue<Mail> mails = new ConcurrentLinkedQueue<>();

    void put(Mail mail) {
        mails.add(mail);
    }

    boolean isEmpty() {
        return mails.isEmpty();
    }

    List<Mail> take(int limit) {
        var taken = new ArrayList<Mail>();
        while (taken.size() < limit) {
            var mail = mails.poll();
            if (mail == null) {
                break;
            }
            taken.add(mail);
        }
        return taken;
    }
}
