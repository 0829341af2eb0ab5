package dealbrain.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dealbrain.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What was recognised in an offer: the members of the draft, and what the user must decide. Not thread-safe. */
final class Findings {
    private static final int MAX_TEXT = 200;
    private static final int MAX_UNRECOGNISED = 50;

    private final ObjectNode draft = Json.object();
    private final List<RecognisedValue> recognised = new ArrayList<>();
    private final List<PartCandidate> candidates = new ArrayList<>();
    private final List<UnrecognisedText> unrecognised = new ArrayList<>();

    /** Sets a text of the draft, without characters that cannot be stored, and not longer than {@code max}. */
    void text(String member, String value, int max, OfferSource source, double confidence) {
        String text = PlainText.shortened(value, max);
        if (!text.isEmpty()) {
            set(member, TextNode.valueOf(text), text, source, confidence);
        }
    }

    void text(String member, String value, int max, OfferSource source) {
        text(member, value, max, source, source.confidence());
    }

    void number(String member, int value, OfferSource source, double confidence) {
        set(member, IntNode.valueOf(value), Integer.toString(value), source, confidence);
    }

    void amount(String member, BigDecimal value, OfferSource source) {
        set(member, DecimalNode.valueOf(value), value.toPlainString(), source, source.confidence());
    }

    /** Sets a member of {@code attributes}. */
    void attribute(String name, JsonNode value, OfferSource source) {
        draft.withObjectProperty("attributes").set(name, value);
        recognised.add(new RecognisedValue(
                "attributes." + name, PlainText.shortened(value.asText(), MAX_TEXT), source, source.confidence()));
    }

    private void set(String member, JsonNode value, String text, OfferSource source, double confidence) {
        draft.set(member, value);
        recognise(member, text, source, confidence);
    }

    /** Reports a value without setting it in the draft. */
    void recognise(String field, String value, OfferSource source, double confidence) {
        recognised.add(new RecognisedValue(field, PlainText.shortened(value, MAX_TEXT), source, confidence));
    }

    /** Sets a member of the draft that is not reported, because another field is. */
    void set(String member, JsonNode value) {
        draft.set(member, value);
    }

    void candidate(PartCandidate candidate) {
        candidates.add(candidate);
    }

    /** Removes the candidates for a field, and returns their names. */
    List<String> removeCandidates(String field) {
        List<String> names = candidates.stream()
                .filter(each -> each.field().equals(field))
                .map(PartCandidate::name)
                .toList();
        candidates.removeIf(each -> each.field().equals(field));
        return names;
    }

    void unrecognised(String field, String text, String reason) {
        if (unrecognised.size() < MAX_UNRECOGNISED) {
            unrecognised.add(new UnrecognisedText(field, PlainText.shortened(text, MAX_TEXT), reason));
        }
    }

    boolean has(String member) {
        return draft.has(member);
    }

    ObjectNode draft() {
        return draft;
    }

    List<RecognisedValue> recognised() {
        return List.copyOf(recognised);
    }

    List<PartCandidate> candidates() {
        return List.copyOf(candidates);
    }

    List<UnrecognisedText> unrecognised() {
        return List.copyOf(unrecognised);
    }
}
