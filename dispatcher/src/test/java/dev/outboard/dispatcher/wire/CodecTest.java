package dev.outboard.dispatcher.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Cancel;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Link;
import dev.outboard.dispatcher.job.Outputs;
import dev.outboard.dispatcher.job.PlatformError;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.dispatcher.job.Transition;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.wire.proto.CommandRecord;
import dev.outboard.dispatcher.wire.proto.JobRecord;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");
    private static final JobId ID = new JobId(3, 4);
    private static final Bytes SPEC = Bytes.of(new byte[]{5, 6});
    private static final Accepted ACCEPTED = new Accepted("duckdb", 2, new Tenant("p", "d"), "n", Map.of("a", "b"),
            Bytes.of(new byte[]{9}), 3, Duration.ofMillis(1500), NOW);
    private static final JobError ERROR = new JobError(JobError.Kind.USER, "C", "m", true, "/x");

    /** What the first release wrote: later ones must read it. Never change these bytes. */
    private static final String GOLDEN_JOB = "0801100c1805222d0a066475636b646210021a01702201642a016e32060a01611201623a0109400348e0c65b50c0d492"
            + "f5a496980328053204736169643a3808021001180322034e504528c0d492f5a4969803320b0a01631201311802220176"
            + "380142060a016c12017549000000000000e03f52020506421a0a095468726f74746c65641201721a016d20c0d492f5a4"
            + "9698034880d9cff5a496980352230a03616e6e10c0d492f5a49698031a03776879220e08011201431a016d20012a022f"
            + "785a0e08011201431a016d20012a022f786202050668c0d492f5a496980370c0d492f5a496980378c0d492f5a4969803"
            + "800180fdb7f9a4969803";

    /** What the second release wrote: with a history. */
    private static final String GOLDEN_HISTORY = GOLDEN_JOB + "8a010d0801100118c0d492f5a4969803"
            + "8a010d080410021880d9cff5a4969803";
    /** What the release after that wrote of an error. */
    private static final String GOLDEN_ERROR = "08011201431a016d20012a022f7832016e3a300a0842696751756572791204415554481a0c"
            + "61636365737344656e6965642203722d312a0b68747470733a2f2f782f31";
    private static final List<Transition> HISTORY = List.of(new Transition(State.QUEUED, 1, NOW),
            new Transition(State.RUNNING, 2, NOW.plusSeconds(1)));

    private static Job everything(State state) {
        return everything(state, HISTORY);
    }

    private static Job everything(State state, List<Transition> history) {
        return new Job(ID, 12, 5, ACCEPTED, state, "said",
                new Attempt(2, 1, 3, "NPE", NOW, new Handle("c", "1", 2, "v"), true, List.of(new Link("l", "u")), 0.5,
                        SPEC),
                List.of(new Condition(Condition.Type.THROTTLED, "r", "m", NOW)), NOW.plusSeconds(1),
                new Cancel("ann", NOW, "why", ERROR), ERROR,
                new Outputs.Inline(SPEC),
                new Times(NOW, NOW, NOW, NOW.plusSeconds(9), history));
    }

    @Test
    void aJobReadsBackAsItWas() throws Undecodable {
        for (var state : State.values()) {
            assertEquals(everything(state), JobRecords.read(ID, JobRecords.write(everything(state))));
        }
        var bare = new Job(ID, 0, 1,
                new Accepted("t", 0, new Tenant("", ""), "", Map.of(), Bytes.of(new byte[0]), 1, null,
                        NOW),
                State.QUEUED, null, new Attempt(1, 0, 0, null, null, null, false, List.of(), null, null), List.of(),
                null, null, null, null, Times.accepted(NOW));
        assertEquals(bare, JobRecords.read(ID, JobRecords.write(bare)));
    }

    @Test
    void theFirstReleasesRecordIsStillRead() throws Undecodable {
        assertEquals(everything(State.CANCELLING, List.of()),
                JobRecords.read(ID, HexFormat.of().parseHex(GOLDEN_JOB)));
        assertEquals(everything(State.CANCELLING), JobRecords.read(ID, HexFormat.of().parseHex(GOLDEN_HISTORY)));
        assertEquals(GOLDEN_HISTORY, HexFormat.of().formatHex(JobRecords.write(everything(State.CANCELLING))));
    }

    @Test
    void outputsThatLieElsewhereReadBack() throws Undecodable {
        var inline = everything(State.SUCCEEDED);
        var stored = new Job(ID, 12, 5, ACCEPTED, inline.state(), null, inline.attempt(), List.of(), null, null, null,
                new Outputs.Stored("s3://b/outputs.pb", 5_000_000_000L), inline.times());
        assertEquals(stored, JobRecords.read(ID, JobRecords.write(stored)));
    }

    @Test
    void whatThePlatformSaidOfAnErrorReadsBack() throws Undecodable {
        var said = new PlatformError("BigQuery", "AUTH", "accessDenied", "r-1", "https://x/1");
        for (var platform : List.of(said, new PlatformError("Snowflake", "LATER", null, null, null))) {
            var error = new JobError(JobError.Kind.SYSTEM, "C", "m", false, null, "Grant it.", platform);
            var read = Commands.read(ID.bytes(), Commands.create(ACCEPTED, SPEC, error), 17, NOW);
            assertEquals(new Input.Create(ID, ACCEPTED, 17, error), read.command());
            var was = everything(State.FAILED);
            var job = new Job(ID, 12, 5, ACCEPTED, State.FAILED, "said", was.attempt(), List.of(), null,
                    new Cancel("ann", NOW, "why", error), error, null, was.times());
            assertEquals(job, JobRecords.read(ID, JobRecords.write(job)));
        }
        var error = new JobError(JobError.Kind.USER, "C", "m", true, "/x", "n", said);
        assertEquals(GOLDEN_ERROR, HexFormat.of().formatHex(Parts.error(error).toByteArray()));
    }

    @Test
    void commandsReadBack() throws Undecodable {
        var read = Commands.read(ID.bytes(), Commands.create(ACCEPTED, SPEC, ERROR), 17, NOW);
        assertEquals(new Input.Create(ID, ACCEPTED, 17, ERROR), read.command());
        assertEquals(SPEC, read.spec());
        var again = Commands.read(ID.bytes(), Commands.replay(Commands.create(ACCEPTED, SPEC, ERROR), 9), 17, NOW);
        assertEquals(new Input.Create(ID, ACCEPTED, 17, ERROR, 9L), again.command());
        assertEquals(SPEC, again.spec());
        assertThrows(Undecodable.class, () -> Commands.replay(Commands.cancel(9, "ann", ""), 9));
        assertEquals(new Input.CancelAsked(ID, 12, "ann", "why"),
                Commands.read(ID.bytes(), Commands.cancel(12, "ann", "why"), 18, NOW).command());
    }

    @Test
    void aPersonsWordReadsBack() throws Undecodable {
        var handle = new Handle("c", "1", 2, "v");
        for (var verdict : List.of(new Verdict.Created(handle), new Verdict.NeverCreated(), new Verdict.Failed("why"),
                new Verdict.Failed(""))) {
            assertEquals(new Input.Resolved(ID, 12, 2, verdict, "ann"),
                    Commands.read(ID.bytes(), Commands.resolve(12, 2, verdict, "ann"), 18, NOW).command());
        }
        assertEquals("08012216080c1203616e6e1a0b0a016312013118022201763002",
                HexFormat.of().formatHex(Commands.resolve(12, 2, new Verdict.Created(handle), "ann")));
        assertEquals("0801220b080c1203616e6e20013002",
                HexFormat.of().formatHex(Commands.resolve(12, 2, new Verdict.NeverCreated(), "ann")));
        assertEquals("0801220e080c1203616e6e2a037768793002",
                HexFormat.of().formatHex(Commands.resolve(12, 2, new Verdict.Failed("why"), "ann")));
        var none = CommandRecord.newBuilder().setMajor(1).setResolve(CommandRecord.Resolve.newBuilder().setBy("ann"));
        assertThrows(Undecodable.class, () -> Commands.read(ID.bytes(), none.build().toByteArray(), 0, NOW));
        none.getResolveBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build());
        assertThrows(NewerWriter.class, () -> Commands.read(ID.bytes(), none.build().toByteArray(), 0, NOW));
        var noted = List.of(new Transition(State.QUEUED, 1, NOW), new Transition(State.RUNNING, 2, NOW, "by ann"));
        assertEquals(everything(State.RUNNING, noted),
                JobRecords.read(ID, JobRecords.write(everything(State.RUNNING, noted))));
    }

    @Test
    void poisonIsToldFromANewerWriter() {
        var key = ID.bytes();
        var good = Commands.cancel(1, "a", "");
        assertThrows(Undecodable.class, () -> Commands.read(null, good, 0, NOW));
        assertThrows(Undecodable.class, () -> Commands.read(new byte[3], good, 0, NOW));
        assertThrows(Undecodable.class, () -> Commands.read(key, null, 0, NOW));
        assertThrows(Undecodable.class, () -> Commands.read(key, new byte[]{1, 2, 3}, 0, NOW));
        assertThrows(Undecodable.class, () -> Commands.read(key, new byte[0], 0, NOW));
        var newer = CommandRecord.newBuilder().setMajor(2).build().toByteArray();
        assertThrows(NewerWriter.class, () -> Commands.read(key, newer, 0, NOW));
        var unknownKind = CommandRecord.newBuilder()
                .setMajor(1)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build()
                .toByteArray();
        assertThrows(NewerWriter.class, () -> Commands.read(key, unknownKind, 0, NOW));
        var newerState = JobRecord.newBuilder().setMajor(1).setStateValue(99).build().toByteArray();
        assertThrows(NewerWriter.class, () -> JobRecords.read(ID, newerState));
    }

    @Test
    void keysAreToldApartByLength() {
        assertEquals(Keys.Kind.JOB, Keys.kind(Keys.job(ID)));
        assertEquals(Keys.Kind.SPEC, Keys.kind(Keys.spec(ID)));
        assertEquals(ID, JobId.of(Keys.spec(ID)));
        assertEquals(Keys.Kind.WATERMARK, Keys.kind(Keys.watermark()));
        assertEquals(Keys.Kind.OTHER, Keys.kind(new byte[]{7}));
    }

    @Test
    void watermarksSpecsAndDescriptorsReadBack() throws Undecodable {
        var mark = new Watermark(7, 3, "tx");
        assertEquals(mark, Watermark.read(mark.write()));
        assertEquals(new SpecRecords.Read(12, SPEC), SpecRecords.read(SpecRecords.write(12, SPEC)));
        var type = new Descriptor("duckdb", new TreeSet<>(List.of(0, 1)), "DuckDB", "1", Guarantee.NONE, 8, "c", "s");
        assertEquals(type, Descriptor.read(type.write()));
        assertEquals("duckdb", Descriptor.taskType(Descriptor.key("duckdb")).orElseThrow());
    }

    @Test
    void aSpecKeepsWhatItDoesNotKnow() throws IOException {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(99,
                        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("new")).build())
                .build();
        var request = CreateTaskRequest.newBuilder().setOutputPrefix("s3://x").setUnknownFields(unknown).build();
        assertEquals(request, Spec.unpack(Spec.pack(request)));
        assertInstanceOf(IOException.class,
                assertThrows(IOException.class, () -> Spec.unpack(Bytes.of(new byte[]{1}))));
    }

    @Test
    void aFingerprintIsOfTheJobAlone() {
        var base = request("p", Map.of("a", "1", "b", "2"));
        var reordered = request("p", Map.of("b", "2", "a", "1"));
        assertEquals(Spec.fingerprint(base.build()), Spec.fingerprint(reordered.build()));
        var labelled = base.clone();
        labelled.getTaskExecutionMetadataBuilder()
                .putLabels("x", "y")
                .putAnnotations("x", "y")
                .getIdentityBuilder()
                .setIamRole("r");
        labelled.getConnectionBuilder().putSecrets("k", "v");
        assertEquals(Spec.fingerprint(base.build()), Spec.fingerprint(labelled.build()));
        assertNotEquals(Spec.fingerprint(base.build()),
                Spec.fingerprint(request("q", Map.of("a", "1", "b", "2")).build()));
        assertNotEquals(Spec.fingerprint(base.build()), Spec.fingerprint(request("p", Map.of("a", "1")).build()));
    }

    private static CreateTaskRequest.Builder request(String prefix, Map<String, String> config) {
        var request = CreateTaskRequest.newBuilder().setOutputPrefix(prefix);
        new LinkedHashMap<>(config).forEach(request.getTemplateBuilder()::putConfig);
        return request;
    }

    /** As long as protobuf's JSON lets anybody ask for. */
    @Test
    void aTimeoutOfTenThousandYearsIsKept() throws Undecodable {
        var timeout = Duration.ofSeconds(315_576_000_000L);
        var accepted = new Accepted("fake", 0, new Tenant("", ""), "", Map.of(), Bytes.of(new byte[]{1}), 1, timeout,
                Instant.EPOCH);
        var read = Commands.read(new byte[16], Commands.create(accepted, Bytes.of(new byte[0]), null), 0,
                Instant.EPOCH);
        assertEquals(timeout, ((Input.Create) read.command()).accepted().timeout());
        assertEquals(Long.MAX_VALUE, Wire.micros(Duration.ofSeconds(Long.MAX_VALUE)));
    }
}
