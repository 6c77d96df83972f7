package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.flyteidl.admin.CreateTaskRequest;

/** Reads the JSON form of Flyte's CreateTaskRequest. Its inputs may be plain JSON values too. */
public final class CreateDecoder {
    private static final String INPUTS = "inputs";

    private CreateDecoder() {}

    /**
     * The create call in this body.
     *
     * @param body UTF-8; not changed
     * @throws Undecodable if it is none, with all that was found wrong as far as one look shows it
     */
    public static Decoded decode(byte[] body, Unknown unknown) throws Undecodable {
        var root = JsonText.read(body);
        var findings = new Findings();
        Texts.check(root, "", findings);
        fail(findings);
        var builder = CreateTaskRequest.newBuilder();
        if (!Protos.read(withoutInputs(root), builder, "", unknown, findings)) {
            throw Undecodable.invalid(findings);
        }
        secrets(root, builder.build());
        Limits.required(root, builder.build(), findings);
        var declared = builder.getTemplate().getInterface().getInputs().getVariablesMap();
        var inputs = Inputs.decode(root.path(INPUTS), declared, unknown, findings);
        if (inputs.getLiteralsCount() > 0) {
            builder.setInputs(inputs);
        }
        var request = builder.build();
        Limits.sizes(root, request, findings);
        fail(findings);
        if (request.getSerializedSize() > Limits.MAX_DECODED) {
            throw Undecodable.tooLarge("the create call has " + request.getSerializedSize()
                    + " bytes once decoded; at most " + Limits.MAX_DECODED + " are kept");
        }
        Limits.depth(root, request, findings);
        fail(findings);
        return new Decoded(request, root);
    }

    /** Told before anything else that is wrong. */
    private static void secrets(JsonNode root, CreateTaskRequest request) throws Undecodable {
        var findings = new Findings();
        SecretValues.in(request)
                .forEach(path -> findings.add(Pointers.locate(root, path.toArray(String[]::new)),
                        "holds a secret's value, which would be kept in the clear; name the secret instead"));
        if (findings.any()) {
            throw Undecodable.secret(findings);
        }
    }

    /** The inputs are read on their own: they need not be what JsonFormat reads. */
    private static JsonNode withoutInputs(JsonNode root) {
        if (!(root instanceof ObjectNode object) || !root.has(INPUTS)) {
            return root;
        }
        var rest = object.objectNode();
        rest.setAll(object);
        rest.remove(INPUTS);
        return rest;
    }

    private static void fail(Findings findings) throws Undecodable {
        if (findings.any()) {
            throw Undecodable.invalid(findings);
        }
    }
}
