package dealbrain.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.valuation.ValueSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Finds stored listings that an export would write exactly like a listing of a file, apart from values that this server
 * computes: the file has those of the server that wrote it. Returns none twice.
 */
final class EqualListings {
    /** The members of a listing that are compared, and those that are not because they are computed. */
    private record Key(Set<String> computed, JsonNode others) {
        static Key of(JsonNode listing, Set<String> computed) {
            ObjectNode others = (ObjectNode) listing.deepCopy();
            others.remove(computed);
            return new Key(computed, others);
        }
    }

    private final Map<Key, Queue<Long>> ids = new HashMap<>();
    private final Set<Set<String>> computed = new HashSet<>();

    EqualListings(List<Listing> stored) {
        for (Listing listing : stored) {
            Key key = Key.of(parsed(PortableJson.of(listing)), computedMembers(listing));
            computed.add(key.computed());
            ids.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(listing.id());
        }
    }

    private static Set<String> computedMembers(Listing listing) {
        Set<String> members = new HashSet<>();
        if (listing.adjustedPriceSource() == ValueSource.COMPUTED) {
            members.add("adjusted_price_usd");
        }
        if (listing.scoreSource() == ValueSource.COMPUTED) {
            members.add("score_composite");
        }
        if (listing.computesPerfPerWatt()) {
            members.add("perf_per_watt");
        }
        return members;
    }

    /** Returns the id of a stored listing and does not return it again; empty if there is none. */
    Optional<Long> take(PortableListing listing) {
        JsonNode wanted = parsed(Json.tree(listing));
        return computed.stream()
                .map(members -> ids.get(Key.of(wanted, members)))
                .filter(Objects::nonNull)
                .map(Queue::poll)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Parses the text again: the attributes of a stored listing are a text, numbers have several types. */
    private static JsonNode parsed(JsonNode listing) {
        return withoutNulls(Json.parse(Json.text(listing).getBytes(StandardCharsets.UTF_8)));
    }

    /** A member that is null and one that is absent are the same in a file. */
    private static JsonNode withoutNulls(JsonNode tree) {
        if (tree instanceof ContainerNode<?> container) {
            container.properties().removeIf(member -> member.getValue().isNull());
            container.forEach(EqualListings::withoutNulls);
        }
        return tree;
    }
}
