package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What an exception of a connector's means. */
final class Faults {
    private Faults() {}

    /** The outcome of a call that ended with this. */
    static Outcome outcome(Op op, Throwable fault, Redaction redaction) {
        var cause = redaction.brief(told(fault));
        return switch (op) {
            case CHECK -> new Outcome.Checked(JobError.system("ConnectorBug", cause));
            case CREATE, OCCUPY, FIND -> new Outcome.Unknown(cause, bug(fault));
            case POLL, DELETE -> new Outcome.Unreachable(cause);
            case SLOT, EXPIRE -> new Outcome.NotStarted();
        };
    }

    /** The outcome of a call that was given up before it gave one. */
    static Outcome unanswered(Op op, String why) {
        return switch (op) {
            case CREATE, OCCUPY, FIND -> new Outcome.Unknown(why, false);
            case POLL, DELETE -> new Outcome.Unreachable(why);
            case CHECK, SLOT, EXPIRE -> new Outcome.NotStarted();
        };
    }

    /** The outcome of a call that was given up before it was made. */
    static Outcome neverAsked(Op op, String why) {
        return op == Op.POLL || op == Op.DELETE ? new Outcome.Unreachable(why) : new Outcome.NotStarted();
    }

    static String inWords(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** True for what no trouble of a platform's or network's explains. */
    static boolean bug(Throwable fault) {
        return switch (unwrapped(fault)) {
            case IOException _,UncheckedIOException _,TimeoutException _,InterruptedException _ -> false;
            default -> true;
        };
    }

    /** The exception's simple class name and message. */
    static String told(Throwable fault) {
        var inner = unwrapped(fault);
        var type = inner.getClass();
        // an anonymous class has no simple name
        var name = type.getSimpleName().isEmpty()
                ? type.getName().substring(type.getPackageName().length() + 1)
                : type.getSimpleName();
        var message = message(inner);
        return message == null || message.isBlank() ? name : name + ": " + message;
    }

    /** The whole trace, for the log alone. */
    static String stack(Throwable fault, Redaction redaction) {
        var text = new StringWriter();
        try {
            fault.printStackTrace(new PrintWriter(text, true));
        } catch (RuntimeException | LinkageError e) {
            text.write("(its stack cannot be printed)");
        }
        return redaction.redact(text.toString());
    }

    private static @Nullable String message(Throwable fault) {
        try {
            return fault.getMessage();
        } catch (RuntimeException | LinkageError e) {
            return "(its message cannot be had)";
        }
    }

    /** What a future failed with tells more than that it failed. */
    private static Throwable unwrapped(Throwable fault) {
        var cause = fault.getCause();
        return cause != null && (fault instanceof ExecutionException || fault instanceof CompletionException)
                ? unwrapped(cause)
                : fault;
    }
}
