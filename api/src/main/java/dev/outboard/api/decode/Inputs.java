package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.flyteidl.core.LiteralType;
import dev.outboard.flyteidl.core.Variable;
import java.util.Map;
import java.util.TreeSet;

/**
 * The inputs of a job: a LiteralMap, plain JSON values, or both mixed, held against what the interface declares. An
 * interface that declares nothing allows everything.
 */
final class Inputs {
    private static final String AT = "/inputs";
    private static final String LITERALS = "literals";

    private Inputs() {}

    /** @param inputs a missing node where there are none */
    static LiteralMap decode(JsonNode inputs, Map<String, Variable> declared, Unknown unknown, Findings findings) {
        var all = LiteralMap.newBuilder();
        if (!inputs.isObject() && !inputs.isNull() && !inputs.isMissingNode()) {
            findings.add(AT, "must be an object, not " + Scalars.kind(inputs));
            return all.build();
        }
        boolean wrapped = inputs.size() == 1 && inputs.path(LITERALS).isObject() && !declared.containsKey(LITERALS);
        var members = wrapped ? inputs.path(LITERALS) : inputs;
        var at = wrapped ? AT + "/" + LITERALS : AT;
        missing(members, declared, at, findings);
        var values = new Values(unknown);
        for (var member : members.properties()) {
            var name = member.getKey();
            var below = Pointers.child(at, name);
            if (!declared.isEmpty() && !declared.containsKey(name)) {
                findings.add(below, "is not declared by the interface; declared are: " + names(declared));
                continue;
            }
            var variable = declared.getOrDefault(name, Variable.getDefaultInstance());
            var type = variable.hasType() ? variable.getType() : LiteralType.getDefaultInstance();
            try {
                values.literal(member.getValue(), type, below, findings)
                        .ifPresent(literal -> all.putLiterals(name, literal));
            } catch (Budget.Spent e) {
                findings.add(below, "takes too many tries to fit into its declared type; give it as a literal");
                break;
            }
        }
        return all.build();
    }

    private static void missing(JsonNode members, Map<String, Variable> declared, String at,
            Findings findings) {
        for (var name : new TreeSet<>(declared.keySet())) {
            if (!members.has(name)) {
                findings.add(at, "lacks " + Pointers.shown(name) + ", which the interface declares");
            }
        }
    }

    private static String names(Map<String, Variable> declared) {
        return String.join(", ", new TreeSet<>(declared.keySet()).stream().limit(10).map(Pointers::shown).toList());
    }
}
