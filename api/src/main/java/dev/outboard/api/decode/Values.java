package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralCollection;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.flyteidl.core.LiteralType;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.flyteidl.core.Union;
import java.util.Optional;
import java.util.function.Function;

/** Makes literals of input values: of Literals as they are, of plain JSON by its declared type, or by what it is. */
final class Values {
    private static final LiteralType ANY = LiteralType.getDefaultInstance();
    private final Budget budget = new Budget();
    private final Types types = new Types(budget);
    private final Unknown unknown;

    Values(Unknown unknown) {
        this.unknown = unknown;
    }

    /**
     * The literal; where there is none, there are new findings.
     *
     * @param type default instance for one that is not declared
     */
    Optional<Literal> literal(JsonNode node, LiteralType type, String at, Findings findings) {
        budget.spend();
        if (Literals.looksLikeOne(node)) {
            return given(node, type, at, findings);
        }
        return switch (type.getTypeCase()) {
            case TYPE_NOT_SET -> inferred(node, at, findings);
            case COLLECTION_TYPE -> collection(node, type.getCollectionType(), at, findings);
            case MAP_VALUE_TYPE -> map(node, type.getMapValueType(), at, findings);
            case UNION_TYPE -> union(node, type, at, findings);
            case SIMPLE -> new SimpleValues(unknown).literal(node, type.getSimple(), at, findings);
            case ENUM_TYPE, BLOB, SCHEMA, STRUCTURED_DATASET_TYPE ->
                new NamedValues(unknown).literal(node, type, at, findings);
        };
    }

    /** A Literal; what is wrong inside is told at its own place in the inputs, where people look. */
    private Optional<Literal> given(JsonNode node, LiteralType type, String at, Findings findings) {
        var own = new Findings();
        var literal = Literal.newBuilder();
        if (!Protos.read(node, literal, "", unknown, own)) {
            var first = own.list().getFirst();
            findings.add(at, first.pointer().isEmpty()
                    ? first.detail()
                    : "is a literal whose " + first.pointer().substring(1) + " " + first.detail());
            return Optional.empty();
        }
        if (!Types.whole(literal.build())) {
            findings.add(at, "is a literal without a value");
            return Optional.empty();
        }
        if (!types.fits(literal.build(), type)) {
            findings.add(at, "is declared as " + Types.name(type) + ", and this literal is something else");
            return Optional.empty();
        }
        return Optional.of(literal.build());
    }

    private Optional<Literal> inferred(JsonNode node, String at, Findings findings) {
        return switch (node.getNodeType()) {
            case NULL -> Optional.of(Literals.none());
            case BOOLEAN -> Optional.of(Literals.of(node.booleanValue()));
            case STRING -> Optional.of(Literals.of(node.textValue()));
            case ARRAY -> collection(node, ANY, at, findings);
            case OBJECT -> map(node, ANY, at, findings);
            case NUMBER -> number(node, at, findings);
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not from a text");
        };
    }

    private static Optional<Literal> number(JsonNode node, String at, Findings findings) {
        // JSON has one kind of number, so 1.0 is the integer 1
        Optional<Literal> whole = Whole.value(node).map(Literals::of);
        if (whole.isEmpty() && node.isIntegralNumber()) {
            findings.add(at, "must be from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
            return whole;
        }
        return whole.or(() -> Optional.of(Literals.of(node.doubleValue())));
    }

    private Optional<Literal> collection(JsonNode node, LiteralType element, String at, Findings findings) {
        if (!node.isArray()) {
            findings.add(at, "must be an array, not " + Scalars.kind(node));
            return Optional.empty();
        }
        var all = LiteralCollection.newBuilder();
        for (int i = 0; i < node.size(); i++) {
            literal(node.get(i), element, Pointers.child(at, i), findings).ifPresent(all::addLiterals);
        }
        return good(all.getLiteralsCount() == node.size(), all, b -> Literal.newBuilder().setCollection(b).build());
    }

    private Optional<Literal> map(JsonNode node, LiteralType value, String at, Findings findings) {
        if (!node.isObject()) {
            findings.add(at, "must be an object, not " + Scalars.kind(node));
            return Optional.empty();
        }
        var all = LiteralMap.newBuilder();
        for (var member : node.properties()) {
            literal(member.getValue(), value, Pointers.child(at, member.getKey()), findings)
                    .ifPresent(literal -> all.putLiterals(member.getKey(), literal));
        }
        return good(all.getLiteralsCount() == node.size(), all, b -> Literal.newBuilder().setMap(b).build());
    }

    private static <B> Optional<Literal> good(boolean complete, B builder, Function<B, Literal> made) {
        return complete ? Optional.of(made.apply(builder)) : Optional.empty();
    }

    /** The first variant that takes the value; a literal says which it was. */
    private Optional<Literal> union(JsonNode node, LiteralType type, String at, Findings findings) {
        for (var variant : type.getUnionType().getVariantsList()) {
            var literal = literal(node, variant, at, new Findings());
            if (literal.isPresent()) {
                return Optional.of(Literals.scalar(
                        Scalar.newBuilder().setUnion(Union.newBuilder().setValue(literal.get()).setType(variant))));
            }
        }
        findings.add(at, "fits none of the declared variants: " + String.join(", ",
                type.getUnionType().getVariantsList().stream().limit(10).map(Types::name).toList()));
        return Optional.empty();
    }
}
