/**
 * From the bytes of a create call to Flyte's CreateTaskRequest, or to a list of what is wrong and where. Knows no HTTP:
 * every door that takes JSON uses the same {@link dev.outboard.api.decode.CreateDecoder}.
 *
 * <p>
 * Jackson reads the text, because it tells where a text breaks off, bounds nesting and finds repeated members;
 * protobuf-java-util's JsonFormat makes the messages. JsonFormat alone would take 42 for a string, an infinite number
 * into a Struct that it cannot print again, and never says where something is wrong: so
 * {@link dev.outboard.api.decode.Shape} walks the tree first. No text here repeats a caller's value, which may be a
 * secret; names of members are repeated, cut short.
 */
@NullMarked
package dev.outboard.api.decode;

import org.jspecify.annotations.NullMarked;
