package dev.outboard.api.http;

import java.util.List;
import java.util.stream.Stream;

/** What the document and the docs must say of problems. */
public final class Codes {
    private Codes() {}

    /** One kind of problem. */
    public record Row(String code, int status, boolean retryable, String title, String next) {}

    public static List<Row> all() {
        return Stream.of(Code.values())
                .map(c -> new Row(c.text(), c.status(), c.retryable(), c.title(), c.next()))
                .toList();
    }
}
