package dev.outboard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.Outputs;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.view.JobFilter;
import dev.outboard.flyteidl.core.LiteralMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of jobs; which jobs a filter admits is the view's to test. */
class JobListTest {
    private static final String JOBS = "/api/v1/jobs";
    private Server server;

    @BeforeEach
    void start() {
        server = new Server("duckdb");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<String> ids(JsonNode list) {
        return list.get("jobs").findValuesAsText("id");
    }

    @Test
    void pagesFollowOneAnother() {
        var all = new HashSet<String>();
        for (int i = 0; i < 7; i++) {
            all.add(server.created());
        }
        var shown = new ArrayList<String>();
        var page = server.get(JOBS + "?limit=3").json();
        var sizes = new ArrayList<Integer>();
        while (true) {
            shown.addAll(ids(page));
            sizes.add(ids(page).size());
            if (!page.has("next_page_token")) {
                break;
            }
            page = server.get(JOBS + "?limit=3&page_token=" + page.get("next_page_token").asText()).json();
        }
        assertEquals(List.of(3, 3, 1), sizes);
        assertEquals(all, new HashSet<>(shown));
        assertEquals(7, shown.size());
        assertEquals(all, new HashSet<>(ids(server.get(JOBS).json())));
    }

    @Test
    void aTokenKeepsItsPlaceToTheNanosecond() {
        var one = server.created();
        var two = server.created();
        var at = Instant.parse("1969-12-31T23:59:59.999999999Z");
        for (var id : List.of(one, two)) {
            server.jobs.change(id, job -> created(job, at));
        }
        var first = server.get(JOBS + "?limit=1").json();
        var second = server.get(JOBS + "?limit=1&page_token=" + first.get("next_page_token").asText()).json();
        assertEquals(Set.of(one, two), Set.of(ids(first).getFirst(), ids(second).getFirst()));
    }

    private static Job created(Job job, Instant at) {
        return new Job(job.id(), job.incarnation(), job.rev(), job.accepted().acceptedAt(at), job.state(), null,
                job.attempt(), List.of(), null, null, null, job.outputs(), job.times());
    }

    @Test
    void eachJobIsAsInGetButForWhatMayBeLarge() {
        var id = server.created();
        server.jobs.change(id, job -> new Job(job.id(), 17, 4, job.accepted(), State.SUCCEEDED, "done",
                new Attempt(1, 0, 0, null, null, null, false, List.of(), 1.0, Bytes.of(new byte[0])), List.of(), null,
                null, null, new Outputs.Inline(Bytes.of(LiteralMap.getDefaultInstance().toByteArray())), job.times()));
        var get = server.get(JOBS + "/" + id).json();
        var listed = server.get(JOBS).json().at("/jobs/0");
        assertTrue(get.has("outputs") && get.has("custom_info"), get.toString());
        assertFalse(listed.has("outputs") || listed.has("custom_info"), listed.toString());
        ((ObjectNode) get).remove(List.of("outputs", "custom_info"));
        assertEquals(get, listed);
    }

    @Test
    void aListOfNoneIsEmpty() {
        assertEquals("{\"jobs\":[]}", server.get(JOBS).json().toString());
    }

    @Test
    void filtersReachTheView() {
        server.get(JOBS + "?state=QUEUED,RUNNING&state=FAILED&task_type=a,b&task_type=c&project=p&domain=d&name=n"
                + "&label=k=v%3Dw&label=empty=&label=k=v%3Dw");
        assertEquals(new JobFilter(Set.of(State.QUEUED, State.RUNNING, State.FAILED), Set.of("a", "b", "c"), "p", "d",
                "n", Map.of("k", "v=w", "empty", "")), server.jobs.listed);
        server.get(JOBS + "?&");
        assertEquals(JobFilter.all(), server.jobs.listed);
        server.get(JOBS + "?name=a%20b+c%2B%26");
        assertEquals("a b c+&", server.jobs.listed.name());
        server.get(JOBS + "?project=");
        assertEquals("", server.jobs.listed.project(), "of jobs that have none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"state=queued|state", "state=|state", "state|state", "state=QUEUED,|state",
            "task_type=|task_type", "limit=0|limit", "limit=501|limit", "limit=-1|limit", "limit=x|limit",
            "limit=|limit", "limit=1&limit=2|limit", "limit=99999999999|limit", "label=x|label", "label==x|label",
            "label=k=1&label=k=2|label", "project=a&project=b|project", "name=a&name=b|name",
            "page_token=|page_token", "page_token=x|page_token", "page_token=!!!|page_token", "user=ann|user",
            "State=QUEUED|State"})
    void whatCannotBeRightIsNamed(String query, String parameter) {
        var reply = server.get(JOBS + "?" + query);
        assertEquals(400, reply.status());
        assertEquals("invalid-request", reply.text("/code"));
        assertTrue(reply.text("/detail").contains("parameter " + parameter), reply.text("/detail"));
        assertEquals(null, server.jobs.listed);
    }

    @Test
    void aTokenThatIsCutOrChangedIsRefused() {
        server.created();
        server.created();
        var token = server.get(JOBS + "?limit=1").text("/next_page_token");
        var bytes = Base64.getUrlDecoder().decode(token);
        for (int i = 0; i < bytes.length; i++) {
            var other = bytes.clone();
            other[i] ^= 1;
            var text = Base64.getUrlEncoder().withoutPadding().encodeToString(other);
            assertEquals(400, server.get(JOBS + "?page_token=" + text).status(), "byte " + i);
        }
        assertEquals(400, server.get(JOBS + "?page_token=" + token.substring(1)).status());
        assertEquals(400, server.get(JOBS + "?page_token=" + token + "AAAA").status());
        assertEquals(200, server.get(JOBS + "?page_token=" + token).status());
    }

    @Test
    void oddNamesAreNotRepeated() {
        var reply = server.get(JOBS + "?%3Cscript%3E=1");
        assertEquals(400, reply.status());
        assertFalse(reply.json().toString().contains("script"));
    }

    @Test
    void aHeadOfAListHasItsLength() {
        server.created();
        var head = server.raw("HEAD " + JOBS + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(head.contains("Content-Length: " + server.get(JOBS).response().body().length), head);
    }
}
