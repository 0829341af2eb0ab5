package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions and examples of the OpenAPI document that are not in the route table. They change no behaviour.
 *
 * @param schemas    a description of each record and enum, by its name
 * @param members    a text for members and parameters of this name, such as {@code created_at}; or only for those of
 *                   one record, such as {@code Cpu.name}
 * @param operations a text for operations, by their ids
 */
public record DocumentTexts(
        Map<String, String> schemas, Map<String, Member> members, Map<String, Operation> operations) {
    /** No texts. */
    public static final DocumentTexts NONE = new DocumentTexts(Map.of(), Map.of(), Map.of());

    /**
     * A member of a record, or a parameter.
     *
     * @param example the value in examples; null for one that fits its type
     */
    public record Member(
            @Nullable String description, @Nullable JsonNode example) {}

    /**
     * An operation.
     *
     * @param description what the summary does not say
     * @param example     the body of a request
     */
    public record Operation(
            @Nullable String description, @Nullable JsonNode example) {}

    public DocumentTexts {
        schemas = Map.copyOf(schemas);
        members = Map.copyOf(members);
        operations = Map.copyOf(operations);
    }

    /** Returns the description of a member of a record. */
    Optional<String> description(String owner, String member) {
        return Optional.ofNullable(members.get(owner + "." + member))
                .map(Member::description)
                .or(() -> Optional.ofNullable(members.get(member)).map(Member::description));
    }

    /** Returns the example of a member of a record. */
    Optional<JsonNode> example(String owner, String member) {
        return Optional.ofNullable(members.get(owner + "." + member))
                .map(Member::example)
                .or(() -> Optional.ofNullable(members.get(member)).map(Member::example));
    }

    Optional<Operation> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }
}
