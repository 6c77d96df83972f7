package dev.outboard.testkit.conformance;

import dev.outboard.spi.Connector;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Handle;
import dev.outboard.spi.SecretReader;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Simulator;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connector under test and its platform, fresh for every case. The kit drives the connector by its SPI alone and looks
 * into the platform's own ledger for what was really done.
 */
public interface Subject extends AutoCloseable {

    /** A new one, not open yet; each stands for one worker process. */
    Connector connector();

    /** The settings that it is opened with: they lead to this subject's platform. */
    Map<String, String> settings();

    /** Every secret that the connector may read, good ones. */
    SecretReader secrets();

    /** The values of those secrets: none of them may be found in anything that leaves the connector. */
    List<String> secretValues();

    /** Access tokens that the platform has given out so far: they are as secret as what they were given for. */
    default Collection<String> issued() {
        return List.of();
    }

    /**
     * A job that is good and runs until {@link #finish}.
     *
     * @param key the external key
     */
    CreateRequest request(String key);

    /** Another job under the same key: other spec, other fingerprint. */
    CreateRequest different(String key);

    /** All jobs that were created and not cancelled end well now. */
    void finish();

    /** A handle as this connector makes them, of a job that its platform never had. */
    Handle unknown();

    /** All that was ever created on the platform, oldest first. */
    List<Entry> ledger();

    /** The platform, if it is one that is reached by HTTP: without it the cases of the wire are left out. */
    Optional<Simulator> simulator();

    /**
     * The platform refuses the credentials that it has accepted until now, and {@link #secrets} gives new ones. For a
     * platform whose tokens are fetched, all tokens given out run out.
     */
    void rotate();

    /** The platform's next answers to a poll name a state that nobody has heard of, until {@link #finish}. */
    void unheardOfState();

    /** Lists and look-ups show what happens from now on only this much later, by the platform's clock; zero ends it. */
    void lists(java.time.Duration lag);

    @Override
    void close();
}
