package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;

/** JSON pointers, and names that are safe to repeat. */
final class Pointers {
    /** A longer pointer is cut to an ancestor: it goes back to the caller. */
    private static final int LONGEST = 512;
    private static final int LONGEST_NAME = 80;

    private Pointers() {}

    static String child(String at, String name) {
        return at + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String child(String at, int index) {
        return at + "/" + index;
    }

    /** The pointer, or the nearest ancestor that is short enough. */
    static String sendable(String at) {
        var pointer = at;
        while (pointer.length() > LONGEST) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        return pointer;
    }

    /** A name to show to people: cut short, never between the halves of one character. */
    static String shown(String name) {
        if (name.length() <= LONGEST_NAME) {
            return "'" + name + "'";
        }
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return "'" + name.substring(0, end) + "…'";
    }

    /**
     * Where a field stands in this document, under either of its spellings; where it is absent, the deepest place that
     * is there and one member more.
     *
     * @param names of the fields from the root on, as the .proto spells them
     */
    static String locate(JsonNode root, String... names) {
        var node = root;
        var at = "";
        for (var name : names) {
            var spelled = !node.has(name) && node.has(camel(name)) ? camel(name) : name;
            at = child(at, spelled);
            if (!node.has(spelled)) {
                break;
            }
            node = node.get(spelled);
        }
        return at;
    }

    private static String camel(String name) {
        var text = new StringBuilder(name.length());
        boolean up = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_') {
                text.append(up ? Character.toUpperCase(c) : c);
            }
            up = c == '_';
        }
        return text.toString();
    }
}
