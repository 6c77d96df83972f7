/**
 * The doors: the one that the RFC gives propeller ({@link dev.outboard.api.door.PluginDoor}), the one for people
 * ({@link dev.outboard.api.door.JobsDoor}), dead letters, health, metrics, and the OpenAPI document. A door turns a request
 * into a question for {@link dev.outboard.dispatcher.view.Jobs} and the answer into JSON; it decides nothing about jobs.
 *
 * <p>
 * Whoever waits for a job, by long poll or by events, opens a {@link dev.outboard.api.door.Waiters waiter} before the
 * first look, and each look reads no older than the last: so nothing is missed and nothing goes backwards.
 *
 * <p>
 * protobuf-java-util's JsonFormat writes what is protobuf in the log (specs, outputs, custom info). SnakeYAML reads the
 * OpenAPI document, to serve it as JSON too.
 */
@NullMarked
package dev.outboard.api.door;

import org.jspecify.annotations.NullMarked;
