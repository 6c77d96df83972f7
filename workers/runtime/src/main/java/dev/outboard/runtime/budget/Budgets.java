package dev.outboard.runtime.budget;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The budgets of all connectors of a worker, by the connector's name in settings. Any thread. */
public final class Budgets implements AutoCloseable {
    /** A connector's setting that overrides what it says itself. */
    public static final String SETTING = "requests-per-second";

    private static final BigDecimal LEAST = new BigDecimal("0.001");
    private static final BigDecimal MOST = new BigDecimal("1000000");

    /** A platform thread, as that of the calls' deadlines, and for the same reason. */
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("outboard-budgets").factory());
    private final Ticker ticker = Ticker.on(timer);
    private final Map<String, ConnectorBudget> byConnector = new ConcurrentHashMap<>();

    /**
     * The budget of the connector of this name, the same for each that takes its place.
     *
     * @param own what the connector says of itself: more than zero, or infinite
     * @param setting what the operator says, or null
     * @throws IllegalArgumentException if the setting is no number of requests; the message is for people
     */
    public ConnectorBudget of(String slug, double own, @Nullable String setting) {
        double perSecond = setting == null || setting.isBlank() ? own : read(slug, setting.strip());
        return byConnector.compute(slug,
                (_, known) -> known != null && known.perSecond() == perSecond
                        ? known
                        : new ConnectorBudget(perSecond, ticker));
    }

    private static double read(String slug, String setting) {
        try {
            var perSecond = new BigDecimal(setting);
            if (perSecond.compareTo(LEAST) >= 0 && perSecond.compareTo(MOST) <= 0) {
                return perSecond.doubleValue();
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "the setting `connectors." + slug + "." + SETTING + "` must be a number from "
                        + LEAST + " to " + MOST + ", such as 10 or 0.5; it is `" + setting + "`");
    }

    /** Who waits then waits for ever: to be called when no call is under way any more. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
