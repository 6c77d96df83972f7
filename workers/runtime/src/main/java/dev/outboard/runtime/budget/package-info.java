/**
 * How many requests a platform's account is asked: a token bucket for each connector and account, and whose turn is next
 * where many wait. {@link dev.outboard.runtime.budget.Budgets} holds them all, so that a connector that takes another's
 * place goes on with its budgets.
 *
 * <p>
 * The buckets are our own. What libraries offer (bucket4j, resilience4j) hands a waiting thread its place at once, first
 * come first served; a cancel that comes later could not overtake, and only the arithmetic of the refill would be left to
 * them. It depends on the SPI for the budget that connectors are given.
 */
@NullMarked
package dev.outboard.runtime.budget;

import org.jspecify.annotations.NullMarked;
