package dev.outboard.spi;

import java.util.Set;

/**
 * Keeps what a job made where that is too large for its record: a file under the job's output prefix. Found by
 * {@link java.util.ServiceLoader}, so it needs a public constructor without parameters; {@link #open} is called once before
 * {@link #write}, {@link #close} once at the end.
 *
 * <p>
 * {@link #write} is called from many threads at a time, on virtual threads, within the deadline of the call that learnt of
 * the job's end; a worker interrupts it then and calls again later. Retries belong to the worker: switch a client's own off.
 */
public interface OutputStore extends AutoCloseable {

    /** Names it in settings ({@code stores.<name>.}) and for people; lower case letters and digits. Constant. */
    String name();

    /** The URI schemes that it writes to, in lower case, such as {@code s3}. Constant. */
    Set<String> schemes();

    /**
     * Called once with what the worker offers. No call to the platform: a worker must start while a store is away.
     *
     * @throws Exception if a setting is nonsense ({@link IllegalArgumentException}, its message for the operator) or the
     *     store cannot work here at all; the worker then refuses to start
     */
    void open(StoreContext context) throws Exception;

    /**
     * Makes the file hold these bytes, all of them or none: no reader may ever see a part. The same call may come again,
     * also from another worker; it replaces the file.
     *
     * @param uri of the file, of one of {@link #schemes}; as the job's caller wrote it, so not to be trusted
     * @param content not to be changed
     * @throws Exception if the store could not be asked, or asks for patience; the job then shows the condition
     *     PlatformUnreachable and the worker calls again
     */
    StoreResult write(String uri, byte[] content) throws Exception;

    /** Called once, after the last call has returned or was given up. */
    @Override
    default void close() throws Exception {}
}
