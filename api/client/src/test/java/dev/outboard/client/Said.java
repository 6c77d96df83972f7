package dev.outboard.client;

/** What a server says in these tests. */
final class Said {
    private Said() {}

    static String job(String state, int rev) {
        return "{\"id\":\"j1\",\"task_type\":\"duckdb\",\"state\":\"%s\",\"rev\":%d,\"position\":\"s0.%d\"}".formatted(
                state,
                rev, rev);
    }

    static String event(String state, int rev) {
        return "id: s0.%d\nevent: job\ndata: %s\n\n".formatted(rev, job(state, rev));
    }

    static String end(String state, int rev) {
        return "id: s0.%d\nevent: end\ndata: {\"id\":\"j1\",\"state\":\"%s\"}\n\n".formatted(rev, state);
    }
}
