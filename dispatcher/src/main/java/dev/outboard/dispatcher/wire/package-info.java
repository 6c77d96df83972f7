/**
 * What the log's bytes mean: protobuf schemas ({@code src/main/proto}) and the codecs between them and the core's records.
 * A newer major stops the reader; anything else it does not know it leaves alone.
 *
 * <p>
 * protobuf-java is here because records outlive the code that wrote them and Flyte's own messages are protobuf; it never
 * crosses the connector SPI.
 */
@NullMarked
package dev.outboard.dispatcher.wire;

import org.jspecify.annotations.NullMarked;
