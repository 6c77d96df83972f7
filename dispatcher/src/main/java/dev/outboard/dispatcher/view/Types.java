package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.Registry;
import dev.outboard.dispatcher.log.Topics;
import dev.outboard.dispatcher.wire.Descriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Follows the registry, and both logs of every task type in it. */
final class Types implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(Types.class.getName());

    private final LogConfig config;
    private final Admin admin;
    private final Watches watches;
    private final Memory memory;
    private final Recall recall;
    private final ViewMeters meters;
    /** Other task types do not exist for this process. */
    private final Predicate<String> wanted;
    private final Map<TopicPartition, Place> places = new ConcurrentHashMap<>();
    private final Tail commands;
    private final Tail states;
    private final Map<String, Descriptor> descriptors = new TreeMap<>();
    private final Map<String, TypeView> views = new ConcurrentSkipListMap<>();
    private final List<Thread> starting = new ArrayList<>();
    private volatile @Nullable String installation;
    private volatile boolean caughtUp;
    private volatile String waitingFor;

    Types(LogConfig config, Clients clients, Admin admin, Watches watches, Memory memory, Recall recall,
            ViewMeters meters, Predicate<String> wanted) {
        this.config = config;
        this.admin = admin;
        this.watches = watches;
        this.memory = memory;
        this.recall = recall;
        this.meters = meters;
        this.wanted = wanted;
        waitingFor = "Kafka";
        commands = new Tail("commands", clients, false, this::place);
        states = new Tail("state", clients, true, this::place);
        spawn("view", this::catchUp);
    }

    /** This installation's name; only once it is {@link #ready}. */
    String installation() {
        var name = installation;
        if (name == null) {
            throw new IllegalStateException("asked for the installation's name before Kafka was reached");
        }
        return name;
    }

    /** True once every task type that was known at the start has been read to its end; it stays so. */
    boolean ready() {
        return caughtUp;
    }

    String waitingFor() {
        return waitingFor;
    }

    Collection<TypeView> all() {
        return views.values();
    }

    /** @throws IllegalArgumentException if it is not known, or not any more */
    TypeView known(String taskType) {
        var type = get(taskType);
        if (type == null) {
            throw new IllegalArgumentException("task type " + taskType + " is not known");
        }
        return type;
    }

    @Nullable
    TypeView get(String taskType) {
        return views.get(taskType);
    }

    synchronized List<Descriptor> described() {
        return List.copyOf(descriptors.values());
    }

    TopicPartition registry() {
        return new TopicPartition(config.names().registry(), 0);
    }

    /** Any partition's place, whichever tail follows it. */
    Place place(TopicPartition partition) {
        return places.computeIfAbsent(partition, _ -> new Place());
    }

    private void catchUp() throws InterruptedException, ExecutionException, TimeoutException {
        var registryId = new Topics(admin, config).shared();
        installation = config.installation() == null ? registryId : config.installation();
        var registry = registry();
        if (place(registry).position() == Place.NOWHERE) {
            states.follow(registry, 0, this::described);
        }
        waitingFor = "the registry";
        long end = admin.listOffsets(Map.of(registry, OffsetSpec.latest()))
                .partitionResult(registry)
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .offset();
        while (!place(registry).await(end, System.nanoTime() + LIMIT.toNanos())) {
            LOG.log(System.Logger.Level.INFO, "reading the registry: {0} of {1}", place(registry).position(),
                    end);
        }
        for (var view : views.values()) {
            waitingFor = "the jobs of task type " + view.taskType();
            while (!view.ready()) {
                Thread.sleep(Duration.ofMillis(20));
            }
        }
        waitingFor = "";
        caughtUp = true;
        LOG.log(System.Logger.Level.INFO, "caught up with {0} task types: {1}", views.size(), views.keySet());
    }

    /** One record of the registry, on the tail's thread. */
    private synchronized void described(ConsumerRecord<byte[], byte[]> record) {
        Registry.apply(descriptors, record.key(), record.value());
        descriptors.keySet().removeIf(wanted.negate());
        for (var descriptor : descriptors.values()) {
            if (!views.containsKey(descriptor.taskType())) {
                var view = new TypeView(descriptor, config.names(), commands, states, watches, memory, recall::job,
                        meters);
                views.put(descriptor.taskType(), view);
                spawn("view-" + descriptor.taskType(), () -> view.catchUp(admin));
            }
        }
        views.values().removeIf(view -> {
            boolean retired = !descriptors.containsKey(view.taskType());
            if (retired) {
                view.retire();
            }
            return retired;
        });
    }

    private interface Step {
        void run() throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** Does this until it is done, with a readable line each time that Kafka is in the way. */
    private synchronized void spawn(String name, Step step) {
        starting.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                while (true) {
                    try {
                        step.run();
                        return;
                    } catch (ExecutionException | TimeoutException | LogFailure | KafkaException e) {
                        var cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
                        LOG.log(System.Logger.Level.WARNING, "waiting for Kafka at {0}: {1}", config.bootstrap(),
                                cause.getMessage());
                        Thread.sleep(PAUSE);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                waitingFor = String.valueOf(e.getMessage());
                LOG.log(System.Logger.Level.ERROR, "the view cannot start: " + e.getMessage(), e);
            }
        }));
    }

    @Override
    public void close() {
        synchronized (this) {
            starting.forEach(Thread::interrupt);
        }
        commands.close();
        states.close();
    }
}
