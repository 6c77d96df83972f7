package dev.outboard.dispatcher.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, newest first.
 *
 * @param jobs may be fewer than asked for, even none, while there is a next page
 * @param next where the next page begins, or null after the last
 */
public record JobPage(List<Reading.Found> jobs, @Nullable Cursor next) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
