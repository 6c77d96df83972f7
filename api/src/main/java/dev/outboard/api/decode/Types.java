package dev.outboard.api.decode;

import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralType;
import dev.outboard.flyteidl.core.Primitive;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.flyteidl.core.SimpleType;

/** Whether a literal is of a declared type, as Flyte's own compiler would see it, or a little more leniently. */
final class Types {
    private final Budget budget;

    Types(Budget budget) {
        this.budget = budget;
    }

    boolean fits(Literal literal, LiteralType type) {
        budget.spend();
        // an offloaded literal lies in storage, and only its reader can say
        if (literal.hasOffloadedMetadata() || type.getTypeCase() == LiteralType.TypeCase.TYPE_NOT_SET) {
            return true;
        }
        if (literal.getScalar().hasUnion() && !type.hasUnionType()) {
            return fits(literal.getScalar().getUnion().getValue(), type);
        }
        var scalar = literal.getScalar();
        return switch (type.getTypeCase()) {
            case SIMPLE -> literal.hasScalar() && fits(scalar, type.getSimple());
            case COLLECTION_TYPE -> literal.hasCollection() && literal.getCollection()
                    .getLiteralsList()
                    .stream()
                    .allMatch(each -> fits(each, type.getCollectionType()));
            case MAP_VALUE_TYPE -> literal.hasMap() && literal.getMap()
                    .getLiteralsMap()
                    .values()
                    .stream()
                    .allMatch(each -> fits(each, type.getMapValueType()));
            case UNION_TYPE -> fitsOne(scalar.hasUnion() ? scalar.getUnion().getValue() : literal, type);
            case ENUM_TYPE -> scalar.getPrimitive().hasStringValue()
                    && type.getEnumType().getValuesList().contains(scalar.getPrimitive().getStringValue());
            case BLOB -> scalar.hasBlob();
            case SCHEMA, STRUCTURED_DATASET_TYPE -> scalar.hasSchema() || scalar.hasStructuredDataset();
            case TYPE_NOT_SET -> true;
        };
    }

    private boolean fitsOne(Literal literal, LiteralType type) {
        return type.getUnionType().getVariantsList().stream().anyMatch(each -> fits(literal, each));
    }

    private static boolean fits(Scalar scalar, SimpleType type) {
        var primitive = scalar.getPrimitive().getValueCase();
        return switch (type) {
            case NONE -> scalar.hasNoneType();
            case INTEGER -> primitive == Primitive.ValueCase.INTEGER;
            case FLOAT -> primitive == Primitive.ValueCase.FLOAT_VALUE || primitive == Primitive.ValueCase.INTEGER;
            case STRING -> primitive == Primitive.ValueCase.STRING_VALUE;
            case BOOLEAN -> primitive == Primitive.ValueCase.BOOLEAN;
            case DATETIME -> primitive == Primitive.ValueCase.DATETIME;
            case DURATION -> primitive == Primitive.ValueCase.DURATION;
            case BINARY -> scalar.hasBinary();
            case ERROR -> scalar.hasError();
            // since Flyte 1.14 dataclasses travel as msgpack
            case STRUCT -> scalar.hasGeneric() || scalar.hasBinary();
            case UNRECOGNIZED -> true;
        };
    }

    /** True if nothing in it is left unset: a scalar without a value is no value. */
    static boolean whole(Literal literal) {
        return switch (literal.getValueCase()) {
            case SCALAR -> switch (literal.getScalar().getValueCase()) {
                case PRIMITIVE ->
                    literal.getScalar().getPrimitive().getValueCase() != Primitive.ValueCase.VALUE_NOT_SET;
                case UNION -> whole(literal.getScalar().getUnion().getValue());
                case VALUE_NOT_SET -> false;
                default -> true;
            };
            case COLLECTION -> literal.getCollection().getLiteralsList().stream().allMatch(Types::whole);
            case MAP -> literal.getMap().getLiteralsMap().values().stream().allMatch(Types::whole);
            case OFFLOADED_METADATA -> true;
            case VALUE_NOT_SET -> false;
        };
    }

    /** A type for people. */
    static String name(LiteralType type) {
        return switch (type.getTypeCase()) {
            case SIMPLE -> type.getSimple().name();
            case COLLECTION_TYPE -> "a list of " + name(type.getCollectionType());
            case MAP_VALUE_TYPE -> "a map of " + name(type.getMapValueType());
            case UNION_TYPE -> "one of " + type.getUnionType().getVariantsCount() + " variants";
            case ENUM_TYPE -> "one of the declared words";
            case BLOB -> "a blob";
            case SCHEMA -> "a schema";
            case STRUCTURED_DATASET_TYPE -> "a structured dataset";
            case TYPE_NOT_SET -> "anything";
        };
    }
}
