package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds the most deeply nested object or array. */
final class Deepest {
    private int depth = -1;
    private String found = "";

    private Deepest() {}

    static String of(JsonNode root) {
        var deepest = new Deepest();
        deepest.visit(root, "", 0);
        return deepest.found;
    }

    private void visit(JsonNode node, String at, int level) {
        if (level > depth && node.isContainerNode()) {
            depth = level;
            found = at;
        }
        if (node.isObject()) {
            node.properties().forEach(m -> visit(m.getValue(), Pointers.child(at, m.getKey()), level + 1));
        } else {
            for (int i = 0; i < node.size(); i++) {
                visit(node.get(i), Pointers.child(at, i), level + 1);
            }
        }
    }
}
