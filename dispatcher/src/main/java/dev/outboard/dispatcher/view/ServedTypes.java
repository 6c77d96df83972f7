package dev.outboard.dispatcher.view;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Which task types have a worker now: whose group has a member. Asked in the background, sooner while one has none. */
final class ServedTypes implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final Admin admin;
    private final Supplier<Collection<TypeView>> types;
    private final Thread thread;
    private volatile Set<String> served = Set.of();

    ServedTypes(Admin admin, Supplier<Collection<TypeView>> types) {
        this.admin = admin;
        this.types = types;
        thread = Thread.ofVirtual().name("served-types").start(this::run);
    }

    boolean served(String taskType) {
        return served.contains(taskType);
    }

    private void run() {
        try {
            while (true) {
                refresh();
                Thread.sleep(served.size() == types.get().size() && !served.isEmpty() ? PAUSE : SHORT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refresh() throws InterruptedException {
        var now = new HashSet<String>();
        for (var type : types.get()) {
            try {
                var groups = admin.describeConsumerGroups(Set.of(type.group()))
                        .all()
                        .get(PAUSE.toSeconds(), TimeUnit.SECONDS);
                if (groups.values().stream().anyMatch(group -> !group.members().isEmpty())) {
                    now.add(type.taskType());
                }
            } catch (ExecutionException | TimeoutException e) {
                // no such group: nobody serves it; Kafka not asked: what we knew is the best we have
                boolean known = e.getCause() instanceof GroupIdNotFoundException;
                if (!known && served.contains(type.taskType())) {
                    now.add(type.taskType());
                }
            }
        }
        served = Set.copyOf(now);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
