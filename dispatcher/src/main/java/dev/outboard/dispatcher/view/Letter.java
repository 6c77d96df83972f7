package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command that could not be taken.
 *
 * @param place where it stands in the command log, which names it
 * @param job that it is about, or null if its key is no job id
 * @param at when a worker found that
 * @param reason for people
 * @param size of the command's value as it is kept, in bytes
 */
public record Letter(String place, String taskType, @Nullable JobId job, Instant at, String reason, int size) {

    /**
     * A letter with what is in it.
     *
     * @param value as it is kept: it may hold what is private
     * @param command what this version reads in it, or null if it cannot
     * @param unreadable why it cannot, empty if it can
     */
    public record Opened(Letter letter, Bytes value, Input.@Nullable Command command, String unreadable) {}
}
