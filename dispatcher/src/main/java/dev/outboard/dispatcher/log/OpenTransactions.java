package dev.outboard.dispatcher.log;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

/** Transactions that their producers did not live to end. */
record OpenTransactions(Admin admin) {
    private static final System.Logger LOG = System.getLogger(OpenTransactions.class.getName());

    /**
     * Ends those that are open in a partition, by fencing their producers. Returns at once.
     *
     * @param own the transactional id that is left alone
     */
    void end(TopicPartition partition, String own) {
        open(partition).thenApply(ids -> ids.stream().filter(id -> !id.equals(own)).collect(Collectors.toSet()))
                .thenAccept(ids -> {
                    if (!ids.isEmpty()) {
                        fence(partition, ids);
                    }
                })
                .exceptionally(e -> {
                    LOG.log(System.Logger.Level.DEBUG, "open transactions in {0} cannot be listed: {1}", partition,
                            e.getMessage());
                    return null;
                });
    }

    private CompletionStage<Set<String>> open(TopicPartition partition) {
        return admin.describeProducers(Set.of(partition))
                .partitionResult(partition)
                .toCompletionStage()
                .thenApply(producers -> producers.activeProducers()
                        .stream()
                        .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                        .map(producer -> producer.producerId())
                        .collect(Collectors.toSet()))
                .thenCompose(this::transactionalIds);
    }

    private CompletionStage<Set<String>> transactionalIds(Set<Long> producers) {
        var options = new ListTransactionsOptions().filterProducerIds(producers)
                .filterStates(Set.of(TransactionState.ONGOING));
        // no producer would mean all of them
        return producers.isEmpty()
                ? CompletableFuture.completedFuture(Set.of())
                : admin.listTransactions(options).all().toCompletionStage().thenApply(OpenTransactions::names);
    }

    private static Set<String> names(Collection<TransactionListing> found) {
        return found.stream().map(TransactionListing::transactionalId).collect(Collectors.toSet());
    }

    private void fence(TopicPartition partition, Set<String> ids) {
        LOG.log(System.Logger.Level.INFO, "ending what {0} left open in {1}", ids, partition);
        admin.fenceProducers(ids).all().whenComplete((_, e) -> {
            if (e != null) {
                LOG.log(System.Logger.Level.WARNING, "what {0} left open in {1} could not be ended, waiting for its "
                        + "time-out: {2}", ids, partition, e.getMessage());
            }
        });
    }
}
