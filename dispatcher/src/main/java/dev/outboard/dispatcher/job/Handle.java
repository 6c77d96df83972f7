package dev.outboard.dispatcher.job;

/**
 * How the connector finds the external job again.
 *
 * @param connector the connector's name
 * @param connectorVersion the connector's version when it made the handle
 * @param version the layout of {@code value}, counted by the connector
 */
public record Handle(String connector, String connectorVersion, int version, String value) {}
