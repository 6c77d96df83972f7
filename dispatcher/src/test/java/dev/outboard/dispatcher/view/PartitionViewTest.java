package dev.outboard.dispatcher.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.Poison;
import dev.outboard.dispatcher.wire.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PartitionViewTest {
    private static final JobId ID = new JobId(1, 2);
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final Lifecycle LIFECYCLE = new Lifecycle(
            new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(5), WINDOW));

    private final Listing listing = new Listing();
    private final Watches watches = new Watches();
    private final Memory memory = new Memory(new ViewLimits(1, 2000, 2000));
    private final PartitionView view = new PartitionView("fake", 3, listing, watches, memory);

    @Test
    void aCreateIsSeenBeforeAnyWorkerHasTakenIt() {
        create(5, "a", NOW);
        assertEquals(State.QUEUED, seen().job().state());
        assertEquals("c3.5", seen().position().toString());
        assertEquals(1, listing.untaken());
        assertEquals(NOW, view.oldestUntaken());
    }

    @Test
    void theFirstOfTwoCreatesIsTheJob() {
        create(5, "a", NOW);
        create(6, "b", NOW);
        assertEquals(5, seen().job().incarnation());
        assertEquals(bytes("a"), seen().job().accepted().fingerprint());
    }

    @Test
    void itsStateReplacesItAndTheWatermarkClearsIt() {
        create(5, "a", NOW);
        var job = LIFECYCLE.fold(begun(5), new Input.Admit(), NOW);
        state(9, job);
        assertEquals(State.SUBMITTING, seen().job().state(), "also before the watermark is read");
        assertEquals("s3.9", seen().position().toString());
        watermark(6);
        assertEquals(0, listing.untaken());
        assertEquals(6, view.taken().position());
        assertEquals(State.SUBMITTING, seen().job().state());
        create(5, "a", NOW);
        assertEquals(0, listing.untaken(), "read again after it was folded");
    }

    @Test
    void anEndedJobStaysUntilItExpires() {
        state(9, ended(5));
        create(11, "a", NOW.plus(WINDOW).minusMillis(1));
        assertEquals(State.FAILED, seen().job().state());
        create(12, "a", NOW.plus(WINDOW));
        assertEquals(State.QUEUED, seen().job().state());
        assertEquals(12, seen().job().incarnation());
    }

    /** The logs are read side by side: the commands may be ahead by more than a window. */
    @Test
    void aRepeatBeginsAnewOnceTheJobProvesToHaveExpiredBeforeIt() {
        state(8, LIFECYCLE.fold(begun(5), new Input.Admit(), NOW));
        create(11, "a", NOW.plus(WINDOW).minusMillis(1));
        create(12, "a", NOW.plus(WINDOW));
        create(13, "a", NOW.plus(WINDOW));
        assertEquals(State.SUBMITTING, seen().job().state());
        state(9, ended(5));
        assertEquals(12, seen().job().incarnation(), "the first after it had expired");
        watermark(14);
        assertEquals(0, listing.untaken());
    }

    /** A reader that is far behind reads a log with holes: what stands there may be compacted away for what comes next. */
    @Test
    void aCreateThatWasReadBeforeItsJobIsARepeat() {
        create(11, "a", NOW);
        assertEquals(11, seen().job().incarnation());
        state(9, LIFECYCLE.fold(begun(5), new Input.Admit(), NOW));
        assertEquals(5, seen().job().incarnation());
        assertEquals(1, listed().size());
        state(10, ended(5));
        assertEquals(State.FAILED, seen().job().state());
    }

    @Test
    void aRepeatBeginsAnewOnceTheJobIsForgotten() {
        create(5, "a", NOW);
        create(11, "a", NOW.plus(WINDOW));
        view.state(record(9, Keys.job(ID), null, NOW));
        assertEquals(5, seen().job().incarnation(), "nobody has taken the first");
        watermark(6);
        view.state(record(10, Keys.job(ID), null, NOW));
        assertEquals(11, seen().job().incarnation());
    }

    @Test
    void aTombstoneForgetsIt() {
        state(9, ended(5));
        view.state(record(10, Keys.job(ID), null, NOW));
        assertNull(view.get(ID));
    }

    @Test
    void itIsListedOnceAndCountedByItsState() {
        create(5, "a", NOW);
        assertEquals(List.of(new Cursor(NOW, ID)), listed());
        assertEquals(1, listing.count(State.QUEUED));
        state(9, LIFECYCLE.fold(begun(5), new Input.Admit(), NOW));
        watermark(6);
        assertEquals(List.of(new Cursor(NOW, ID)), listed());
        assertEquals(0, listing.count(State.QUEUED));
        assertEquals(1, listing.count(State.SUBMITTING));
        state(10, ended(5));
        var again = NOW.plus(WINDOW);
        create(12, "a", again);
        assertEquals(List.of(new Cursor(again, ID)), listed(), "it began anew, so it is as new as that");
        assertEquals(0, listing.count(State.FAILED));
        view.state(record(13, Keys.job(ID), null, NOW));
        watermark(13);
        assertEquals(List.of(), listed());
        assertEquals(0, listing.count(State.QUEUED));
    }

    @Test
    void whoWatchesIsToldOfEachChangeAndOfNothingElse() throws InterruptedException {
        try (var watch = watches.watch(ID); var other = watches.watch(new JobId(1, 3))) {
            assertFalse(watch.await(Duration.ZERO));
            create(5, "a", NOW);
            assertTrue(watch.await(Duration.ZERO));
            create(6, "b", NOW);
            assertFalse(watch.await(Duration.ZERO), "the second create of an id changes nothing");
            state(9, begun(5));
            state(10, LIFECYCLE.fold(begun(5), new Input.Admit(), NOW));
            assertTrue(watch.await(Duration.ZERO));
            assertFalse(watch.await(Duration.ZERO), "two changes, told as one");
            watermark(7);
            assertFalse(watch.await(Duration.ZERO));
            assertFalse(other.await(Duration.ZERO));
        }
        assertEquals(0, watches.size(), "a closed watch is forgotten");
    }

    @Test
    void closingEndsTheWaiting() throws InterruptedException {
        var watch = watches.watch(ID);
        var waited = new CompletableFuture<Boolean>();
        var waiting = Thread.startVirtualThread(() -> {
            try {
                waited.complete(watch.await(Duration.ofMinutes(1)));
            } catch (InterruptedException e) {
                waited.completeExceptionally(e);
            }
        });
        watch.close();
        assertTrue(waiting.join(Duration.ofSeconds(10)));
        assertFalse(waited.join());
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        view.command(record(1, new byte[]{7}, new byte[]{1, 2}, NOW));
        view.state(record(1, ID.bytes(), new byte[]{1, 2}, NOW));
        assertNull(view.get(ID));
    }

    /** Found by the simulation: a worker makes a failed job of it, and so the create behind it begins none. */
    @Test
    void aCommandThatCannotBeReadComesBeforeTheCreateBehindIt() {
        view.command(record(1, ID.bytes(), new byte[]{1, 2}, NOW));
        create(2, "a", NOW);
        assertEquals(1, seen().job().incarnation());
    }

    @Test
    void aReplayBeginsAnewOnlyWhatCouldNotBeTaken() throws Exception {
        replay(4, 1);
        assertNull(view.get(ID), "what is not there is not replaced");
        state(9, ended(5));
        replay(11, 5);
        assertEquals(5, view.get(ID).incarnation(), "it failed for another reason");
        state(13, poison(12));
        for (boolean line : new boolean[]{false, true}) {
            if (line) {
                view.archive(ID, 13);
                assertInstanceOf(Known.Line.class, view.get(ID));
            }
            replay(14, 5);
            create(15, "a", NOW);
            assertEquals(12, view.get(ID).incarnation(), "neither of another incarnation nor a repeat of its key");
        }
        replay(16, 12);
        replay(17, 12);
        assertEquals(16, seen().incarnation(), "the first");
        assertEquals(State.QUEUED, seen().job().state());
        state(18, begun(16));
        watermark(18);
        assertEquals(16, seen().incarnation());
        assertEquals(0, listing.untaken());
        replay(19, 12);
        assertEquals(16, seen().incarnation(), "once");
    }

    /** The commands may be read ahead of the state that they are about. */
    @Test
    void aReplayIsSeenOnceItsJobProvesToBeOneThatCouldNotBeTaken() throws Exception {
        view.command(record(12, ID.bytes(), new byte[]{1, 2}, NOW));
        replay(14, 12);
        replay(15, 12);
        assertEquals(12, seen().incarnation());
        state(9, poison(12));
        assertEquals(14, seen().incarnation());
        watermark(13);
        assertEquals(14, seen().incarnation());
        watermark(16);
        assertEquals(0, listing.untaken());
        assertEquals(12, seen().incarnation(), "no worker has begun it");
    }

    /** Its job's record is read, and the watermark that goes with it is not. */
    @Test
    void aReplayIsSeenAlsoBeforeTheWatermarkOfWhatItReplaces() throws Exception {
        view.command(record(12, ID.bytes(), new byte[]{1, 2}, NOW));
        state(9, poison(12));
        replay(14, 12);
        assertEquals(14, seen().incarnation());
        assertEquals(1, listing.untaken());
        watermark(13);
        replay(15, 12);
        assertEquals(14, seen().incarnation(), "the first of the two");
        watermark(16);
        assertEquals(0, listing.untaken());
    }

    @Test
    void whatHasExpiredIsNotReplaced() throws Exception {
        state(9, poison(12));
        var create = Commands.replay(Commands.create(accepted("a"), bytes("spec"), null), 12);
        view.command(record(14, ID.bytes(), create, NOW.plus(WINDOW)));
        assertEquals(12, seen().incarnation());
        view.command(record(15, ID.bytes(), create, NOW.plus(WINDOW).minusMillis(1)));
        assertEquals(15, seen().incarnation());
    }

    @Test
    void aReplayOfWhatIsForgottenMeanwhileIsNoJob() throws Exception {
        state(9, poison(3));
        replay(11, 3);
        create(12, "a", NOW);
        assertEquals(11, seen().incarnation());
        view.state(record(10, Keys.job(ID), null, NOW));
        assertEquals(12, seen().incarnation(), "the create behind it begins one");
        watermark(13);
        assertEquals(0, listing.untaken());
        assertNull(view.get(ID));
    }

    private static Job poison(long offset) {
        return LIFECYCLE.begin(Poison.create("fake", ID.bytes(), 3, offset, NOW, "no protobuf"));
    }

    private void replay(long offset, long replaces) throws Exception {
        var create = Commands.create(accepted("a"), bytes("spec"), null);
        view.command(record(offset, ID.bytes(), Commands.replay(create, replaces), NOW));
    }

    @Test
    void positionsReadBack() {
        for (var text : new String[]{"c0.0", "s63.123456789012"}) {
            assertEquals(text, Position.parse(text).orElseThrow().toString());
        }
        for (var bad : new String[]{"", "c", "c1", "c1.", "x1.1", "c-1.1", "c1.1 ", "c1.9999999999999999999"}) {
            assertEquals(Optional.empty(), Position.parse(bad), bad);
        }
    }

    /** Found by the simulation: the record at a reader's position was compacted away before a replica that lags read it. */
    @Test
    void onlyWhatWasReadAtAPositionOrLaterReachesIt() {
        var asked = Position.parse("s3.38").orElseThrow();
        assertTrue(Position.parse("s3.38").orElseThrow().reaches(asked));
        assertTrue(Position.parse("s3.40").orElseThrow().reaches(asked));
        assertFalse(Position.parse("s3.15").orElseThrow().reaches(asked));
        assertFalse(Position.parse("c3.99").orElseThrow().reaches(asked), "an untaken create is no state");
    }

    @Test
    void anEndedJobOfWhichALineIsKeptCountsAsBeforeButForTheOrder() throws InterruptedException {
        state(9, ended(5));
        assertInstanceOf(Known.Seen.class, view.get(ID));
        try (var watch = watches.watch(ID)) {
            view.archive(ID, 8);
            assertInstanceOf(Known.Seen.class, view.get(ID), "another record");
            view.archive(ID, 9);
            assertFalse(watch.await(Duration.ZERO), "nothing has changed");
        }
        assertEquals(new Known.Line(ID, 9, 5, State.FAILED, NOW.plus(WINDOW), false), view.get(ID));
        assertEquals(1, listing.count(State.FAILED));
        assertEquals(1, view.archived());
        assertEquals(List.of(), listed());
        var best = new PriorityQueue<Cursor>();
        view.select(JobFilter.all(), null, 1, best);
        assertEquals(List.of(new Cursor(NOW, ID)), List.copyOf(best));
    }

    @Test
    void aLineDecidesWhetherACreateBeginsAnew() {
        state(9, ended(5));
        view.archive(ID, 9);
        create(11, "a", NOW.plus(WINDOW).minusMillis(1));
        assertInstanceOf(Known.Line.class, view.get(ID));
        create(12, "a", NOW.plus(WINDOW));
        assertEquals(12, seen().incarnation());
        assertEquals(1, listing.count(State.QUEUED));
        assertEquals(0, listing.count(State.FAILED));
        state(13, begun(12));
        assertEquals(0, view.archived());
        watermark(13);
        assertEquals(13, seen().position().offset());
    }

    @Test
    void aTombstoneForgetsALineToo() {
        state(9, ended(5));
        view.archive(ID, 9);
        view.state(record(10, Keys.job(ID), null, NOW));
        assertNull(view.get(ID));
        assertEquals(0, listing.count(State.FAILED));
        assertEquals(0, view.archived());
    }

    @Test
    void theOldestEndedAreArchivedOnceTheyTakeTooMuch() {
        state(9, ended(5));
        memory.trim();
        assertEquals(0, view.archived());
        var other = new JobId(1, 3);
        view.state(record(10, Keys.job(other), JobRecords.write(ended(6)), NOW));
        memory.trim();
        assertInstanceOf(Known.Line.class, view.get(ID));
        assertInstanceOf(Known.Seen.class, view.get(other));
    }

    @Test
    void jobsThatHaveNotEndedFillTheMemoryAndThoseThatHaveDoNot() {
        assertFalse(memory.full());
        create(5, "a", NOW);
        assertFalse(memory.full());
        view.command(record(6, new JobId(1, 3).bytes(), Commands.create(accepted("a"), bytes("spec"), null), NOW));
        assertTrue(memory.full());
        state(9, ended(5));
        assertFalse(memory.full());
    }

    private List<Cursor> listed() {
        var all = new ArrayList<Cursor>();
        listing.from(null).forEachRemaining(all::add);
        return all;
    }

    private static Job begun(long offset) {
        return LIFECYCLE.begin(new Input.Create(ID, accepted("a").acceptedAt(NOW), offset, null));
    }

    private static Job ended(long offset) {
        return LIFECYCLE.begin(new Input.Create(ID, accepted("a").acceptedAt(NOW), offset, JobError.user("B", "b")));
    }

    private void create(long offset, String fingerprint, Instant at) {
        view.command(record(offset, ID.bytes(), Commands.create(accepted(fingerprint), bytes("spec"), null), at));
    }

    private void state(long offset, Job job) {
        view.state(record(offset, Keys.job(ID), JobRecords.write(job), NOW));
    }

    private void watermark(long position) {
        view.state(record(99, Keys.watermark(), new Watermark(position, 1, "tx").write(), NOW));
    }

    private static Accepted accepted(String fingerprint) {
        return new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), bytes(fingerprint), 1, null, NOW);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes());
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] key, byte[] value, Instant at) {
        return new ConsumerRecord<>("t", 3, offset, at.toEpochMilli(), TimestampType.LOG_APPEND_TIME, 0, 0, key, value,
                new RecordHeaders(), Optional.empty());
    }

    private Known.Seen seen() {
        return (Known.Seen) view.get(ID);
    }
}
