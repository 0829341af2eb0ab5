package dealbrain.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.recognition.Fact.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the first product of JSON-LD in the vocabulary of schema.org, wherever it stands: alone, in an array, in
 * {@code @graph}, as {@code mainEntity} of a page, or inside of an offer.
 */
final class JsonLdReader {
    private static final List<String> PRODUCTS =
            List.of("Product", "IndividualProduct", "ProductModel", "ProductGroup");
    private static final List<String> OFFERS = List.of("Offer", "AggregateOffer");
    private static final int MAX_NODES = 20_000;
    private static final int MAX_VALUES = 100;

    private final Offer offer;
    private final OfferSource source = OfferSource.JSON_LD;

    JsonLdReader(Offer offer) {
        this.offer = offer;
    }

    /**
     * Adds what the text says. Returns the error if it is malformed; what is before the error is added nevertheless.
     */
    Optional<String> read(String text) {
        LenientJson.Result json = LenientJson.parse(text);
        Optional<JsonNode> product = find(json.tree(), PRODUCTS);
        if (product.isPresent()) {
            readProduct(product.get());
        } else {
            find(json.tree(), OFFERS).ifPresent(this::readOffer);
        }
        return Optional.ofNullable(json.error());
    }

    /** Returns the first object of some types, breadth first: related products are nested more deeply. */
    private static Optional<JsonNode> find(JsonNode tree, List<String> types) {
        Deque<JsonNode> waiting = new ArrayDeque<>(List.of(tree));
        for (int i = 0; i < MAX_NODES && !waiting.isEmpty(); i++) {
            JsonNode node = waiting.poll();
            if (node.isObject() && isOf(node, types)) {
                return Optional.of(node);
            }
            node.forEach(child -> {
                if (child.isContainerNode()) {
                    waiting.add(child);
                }
            });
        }
        return Optional.empty();
    }

    private static boolean isOf(JsonNode node, List<String> types) {
        return values(node.path("@type")).anyMatch(type -> types.contains(localName(type.asText())));
    }

    /** Returns the name in {@code http://schema.org/Product} and {@code schema:Product}. */
    private static String localName(String type) {
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
    }

    /** Returns the elements of an array, or the one value. */
    private static Stream<JsonNode> values(JsonNode node) {
        return (node.isArray() ? node.valueStream() : Stream.of(node))
                .filter(each -> !each.isMissingNode())
                .limit(MAX_VALUES);
    }

    private void readProduct(JsonNode product) {
        add(Kind.TITLE, product.path("name"));
        add(Kind.DESCRIPTION, product.path("description"));
        add(Kind.MAKER, product.path("brand"));
        add(Kind.MAKER, product.path("manufacturer"));
        add(Kind.MODEL, product.path("model"));
        add(Kind.MODEL_NUMBER, product.path("mpn"));
        add(Kind.ADDRESS, product.path("url"));
        add(Kind.CONDITION, product.path("itemCondition"));
        image(product.path("image"));
        values(product.path("additionalProperty"))
                .forEach(row -> Labels.addRow(offer, source, text(row.path("name")), text(row.path("value"))));
        values(product.path("offers")).limit(1).forEach(this::readOffer);
    }

    private void readOffer(JsonNode each) {
        add(Kind.TITLE, each.path("name"));
        add(Kind.CONDITION, each.path("itemCondition"));
        add(Kind.SELLER, each.path("seller"));
        add(Kind.SELLER, each.path("offeredBy"));
        add(Kind.ADDRESS, each.path("url"));
        JsonNode nested = values(each.path("offers")).findFirst().orElse(each);
        Stream.of(
                        each,
                        nested,
                        values(each.path("priceSpecification")).findFirst().orElse(each))
                .flatMap(JsonLdReader::price)
                .findFirst()
                .ifPresent(price -> offer.add(source, Kind.PRICE, price));
    }

    private static Stream<String> price(JsonNode offer) {
        return Stream.of("price", "lowPrice")
                .map(name -> text(offer.path(name)))
                .filter(price -> !price.isEmpty())
                .map(price -> price + " " + text(offer.path("priceCurrency")));
    }

    private void image(JsonNode image) {
        values(image).findFirst().ifPresent(first -> {
            JsonNode url = first.has("url") ? first.path("url") : first.path("contentUrl");
            offer.add(source, Kind.IMAGE, first.isTextual() ? first.textValue() : text(url));
        });
    }

    private void add(Kind kind, JsonNode value) {
        Consumer<JsonNode> add = each -> offer.add(source, kind, text(each));
        values(value).limit(1).forEach(add);
    }

    /** Returns a text, or the name of an object such as {@code {"@type": "Brand", "name": "Dell"}}. */
    private static String text(JsonNode node) {
        if (node.isArray()) {
            return values(node).findFirst().map(JsonLdReader::text).orElse("");
        }
        JsonNode named = node.isObject() ? node.path(node.has("name") ? "name" : "@id") : node;
        return named.isTextual() ? HtmlReader.plain(named.textValue()) : "";
    }
}
