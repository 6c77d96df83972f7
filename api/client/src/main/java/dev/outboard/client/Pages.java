package dev.outboard.client;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Page after page of a list, each asked for when its first job is wanted. */
final class Pages implements Iterator<Job> {
    /** Gets a page by its token, null for the first. */
    @FunctionalInterface
    interface Source {
        JobPage get(@Nullable String token) throws InterruptedException;
    }

    private final Source source;
    private @Nullable JobPage page;
    private int next;

    private Pages(Source source) {
        this.source = source;
    }

    static Stream<Job> of(Source source) {
        var order = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Pages(source), order), false);
    }

    @Override
    public boolean hasNext() {
        var current = page == null ? get(null) : page;
        while (next == current.jobs().size() && current.nextPageToken() != null) {
            current = get(current.nextPageToken());
        }
        return next < current.jobs().size();
    }

    @Override
    public Job next() {
        if (!hasNext() || page == null) {
            throw new NoSuchElementException();
        }
        return page.jobs().get(next++);
    }

    private JobPage get(@Nullable String token) {
        try {
            var got = source.get(token);
            page = got;
            next = 0;
            return got;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutboardException.NoAnswer("interrupted", e);
        }
    }
}
