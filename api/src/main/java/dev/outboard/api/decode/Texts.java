package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is legal JSON and yet cannot be kept: half a surrogate pair (protobuf would write a question mark), and a number
 * beyond a double (it would become infinite, which JSON cannot show again). Names need no look: Jackson refuses such.
 */
final class Texts {
    private Texts() {}

    static void check(JsonNode node, String at, Findings findings) {
        if (node.isObject()) {
            for (var member : node.properties()) {
                check(member.getValue(), Pointers.child(at, member.getKey()), findings);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), Pointers.child(at, i), findings);
            }
        } else if (node.isTextual() && broken(node.textValue())) {
            findings.add(at, "holds half a surrogate pair, which is no Unicode text");
        } else if (node.isNumber() && Double.isInfinite(node.doubleValue())) {
            findings.add(at, "is beyond the range of a double");
        }
    }

    /** True if a surrogate stands alone. */
    static boolean broken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
