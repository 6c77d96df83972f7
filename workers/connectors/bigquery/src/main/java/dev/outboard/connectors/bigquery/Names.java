package dev.outboard.connectors.bigquery;

import java.util.regex.Pattern;

/** What becomes a part of a URL must look like what it is said to be. */
final class Names {
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,98}[A-Za-z0-9])?");
    private static final Pattern LOCATION = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?");
    private static final Pattern JOB = Pattern.compile("[A-Za-z0-9_-]{1,1024}");

    private Names() {}

    static boolean project(String text) {
        return PROJECT.matcher(text).matches() && !text.contains("..");
    }

    static boolean location(String text) {
        return LOCATION.matcher(text).matches();
    }

    static boolean job(String text) {
        return JOB.matcher(text).matches();
    }
}
