package dev.outboard.runtime.batch;

import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.Handle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The polls of one account that wait, and as of when each job is known. It makes no call and has no thread; times are
 * {@link System#nanoTime}'s. Safe for many threads; what it returns is to be handed over by the caller.
 */
final class Roster {
    /** Longer than the longest back-off of a poll: who stays away for longer has left. */
    private static final long GRACE = Duration.ofSeconds(90).toNanos();
    /** Asked for one by one at a time: a platform whose lists are broken must not be flooded. */
    private static final int SINGLES = 16;
    /** So many of a hundred at most are asked for singly rather than all for once with a whole list. */
    private static final int FEW = 5;
    /** A list may lag behind a create, and so miss a job that it has never told of. */
    private static final int MISSES = 3;
    private static final long MISSED = Duration.ofSeconds(60).toNanos();

    private final InstantSource clock;
    private final Map<Handle, Member> members = new LinkedHashMap<>();
    private final Answers answers = new Answers();
    private int waiting;
    private int singles;

    Roster(InstantSource clock) {
        this.clock = clock;
    }

    /** What a round begins with: the question, who is asked for alone, and who cannot be asked for any more. */
    record Beginning(@Nullable Round round, List<Single> singles, List<Delivery> refused) {}

    /** One that is asked for alone, and what it is known to then. */
    record Single(Member member, Waiter waiter, @Nullable Instant asOf) {}

    /** @param born if known, a moment before the external job began to exist */
    synchronized void join(Handle handle, Waiter waiter, @Nullable Long born) {
        var member = members.get(handle);
        if (member == null) {
            member = new Member(handle, born == null ? null : answers.before(born));
            members.put(handle, member);
        } else if (waiter.call().job().rev() <= member.toldAtRev) {
            // what it was told never came into the record: the lane began again from the log
            member = member.forgotten();
            members.put(handle, member);
        }
        member.waiters.add(waiter);
        waiting++;
    }

    /** Nobody waits for its answer any more. */
    synchronized void forget(Handle handle, Waiter waiter) {
        var member = members.get(handle);
        if (member != null && member.waiters.remove(waiter)) {
            waiting--;
            if (!member.waits()) {
                members.remove(handle);
            }
        }
    }

    synchronized int waiting() {
        return waiting;
    }

    /** True if there is nothing here worth remembering. */
    synchronized boolean empty() {
        return members.isEmpty();
    }

    /** @param whole to be asked for everything, whatever is known */
    synchronized Beginning begin(long now, boolean whole) {
        var refused = new ArrayList<Delivery>();
        members.values().removeIf(member -> {
            var others = left(member.refuse(now));
            refused.addAll(others);
            // one that is not ours any more goes at once, one that was answered a moment ago will be back
            return !member.waits() && !member.askedSingly && (!others.isEmpty() || now - member.leftAt > GRACE);
        });
        var present = members.values().stream().filter(Member::waits).toList();
        long unknown = present.stream().filter(m -> m.coveredTo == null).count();
        boolean all = whole || answers.none() || unknown > SINGLES || unknown * 100 > (long) FEW * present.size();
        var alone = new ArrayList<Single>();
        for (var member : present) {
            if (singles < SINGLES && !member.askedSingly
                    && (overlooked(member, now) || !all && member.coveredTo == null)) {
                alone.add(single(member, now));
            }
        }
        var since = all
                ? null
                : present.stream()
                        .filter(m -> m.waits() && !m.askedSingly)
                        .map(m -> m.coveredTo)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null);
        var round = new Round(now, since);
        members.values().forEach(member -> {
            if (!member.askedSingly) {
                round.asked.put(member.handle, member);
                if (member.waits()) {
                    round.waiting.add(member);
                }
            }
        });
        return new Beginning(round.waiting.isEmpty() ? null : round, alone, refused);
    }

    private static boolean overlooked(Member member, long now) {
        return member.missed > 0
                && (member.listed || member.missed >= MISSES || now - member.missedSince > MISSED);
    }

    private Single single(Member member, long now) {
        var waiter = member.waiters.getFirst();
        member.waiters.remove(waiter);
        waiting--;
        singles++;
        member.askedSingly = true;
        member.leftAt = now;
        return new Single(member, waiter, answers.before(now));
    }

    /** What came of a question for one job alone, as it is to be handed over. */
    synchronized Outcome told(Single single, Outcome outcome, long now) {
        var member = single.member();
        singles--;
        member.askedSingly = false;
        member.leftAt = now;
        if (!(outcome instanceof Outcome.Running running)) {
            if (ends(outcome)) {
                members.remove(member.handle, member);
            }
            return outcome;
        }
        member.heard();
        member.covered(single.asOf());
        return Member.soon(running);
    }

    /**
     * A round tells of a job.
     *
     * @return null if it did not ask for it
     */
    synchronized @Nullable List<Delivery> told(Round round, Handle handle, Outcome outcome, long now) {
        var member = round.asked.get(handle);
        if (member == null) {
            return null;
        }
        if (round.over || members.get(handle) != member) {
            return List.of();
        }
        round.told.add(member);
        member.heard();
        member.listed = true;
        if (!member.waits() || outcome instanceof Outcome.Unreachable || outcome instanceof Outcome.Retry) {
            round.lost.add(member);
        }
        return offer(member, outcome, round, now);
    }

    /**
     * A round has come to its end, and this is all that it told.
     *
     * @param restUnchanged all others are as they were
     */
    synchronized List<Delivery> ended(Round round, boolean restUnchanged, @Nullable Instant asOf, long now) {
        var deliveries = new ArrayList<Delivery>();
        if (round.over) {
            return deliveries;
        }
        round.over = true;
        for (var member : round.waiting) {
            if (round.told.contains(member) || !member.waits()) {
                continue;
            }
            if (restUnchanged && round.since != null && member.coveredTo != null) {
                member.heard();
                member.covered(asOf);
                round.unchanged++;
                deliveries.addAll(left(member.unchanged(clock.instant(), round.begun, now)));
            } else {
                member.missed(now);
            }
        }
        round.told.stream().filter(member -> !round.lost.contains(member)).forEach(member -> member.covered(asOf));
        answers.add(asOf, now);
        return deliveries;
    }

    /** A round has failed: all it has not told of before are told this. */
    synchronized List<Delivery> failed(Round round, Outcome outcome, long now) {
        var deliveries = new ArrayList<Delivery>();
        if (!round.over) {
            round.over = true;
            round.waiting.stream()
                    .filter(member -> !round.told.contains(member))
                    .forEach(member -> deliveries.addAll(offer(member, outcome, round, now)));
        }
        return deliveries;
    }

    /** What is still told of this round is dropped. */
    synchronized void drop(Round round) {
        round.over = true;
    }

    /** Everybody who waits is told this, whether it is news or not. */
    synchronized List<Delivery> abandon(Outcome outcome, long now) {
        return members.values().stream().flatMap(member -> left(member.tell(outcome, now)).stream()).toList();
    }

    private List<Delivery> offer(Member member, Outcome outcome, Round round, long now) {
        var deliveries = left(member.offer(outcome, clock.instant(), round.begun, now));
        if (ends(outcome) && !member.waits()) {
            members.remove(member.handle, member);
        }
        return deliveries;
    }

    private List<Delivery> left(List<Delivery> deliveries) {
        waiting -= deliveries.size();
        return deliveries;
    }

    private static boolean ends(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _,Outcome.Failed _,Outcome.Cancelled _,Outcome.Gone _ -> true;
            default -> false;
        };
    }
}
