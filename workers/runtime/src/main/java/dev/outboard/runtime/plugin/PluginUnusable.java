package dev.outboard.runtime.plugin;

/** A plug-in cannot be loaded; the message tells an operator why. */
public final class PluginUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    PluginUnusable(String message, Throwable cause) {
        super(message, cause);
    }

    PluginUnusable(String message) {
        super(message);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
