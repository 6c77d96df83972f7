package dev.outboard.crash.cluster;

import java.util.Locale;

/** What may be killed. */
public enum Role {
    WORKER("(worker ready)", "-Xmx192m"), API("api ready on (\\S+)", "-Xmx192m"), BROKER("broker ready on (\\S+),",
            "-Xmx384m");

    final String ready;
    final String heap;

    Role(String ready, String heap) {
        this.ready = ready;
        this.heap = heap;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
