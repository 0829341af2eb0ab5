package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The texts of an offer, from all its sources. */
final class Offer {
    /** More than a page of one offer has; the rest is ignored. */
    private static final int MAX_FACTS = 80;

    private static final int MAX_TOTAL = 24_000;
    private static final int MAX_SHORT = 1000;
    private static final int MAX_ADDRESS = 4000;

    private final List<Fact> facts = new ArrayList<>();
    private int total;

    /** Adds a text, unless it is blank. Long texts are cut. */
    void add(OfferSource source, Kind kind, String text) {
        int max = switch (kind) {
            case DESCRIPTION -> Tokens.MAX_LENGTH;
            case ADDRESS, IMAGE -> MAX_ADDRESS;
            default -> MAX_SHORT;
        };
        String stripped = text.strip();
        String cut = stripped.substring(0, Math.min(max, stripped.length()));
        if (!cut.isEmpty() && facts.size() < MAX_FACTS && total < MAX_TOTAL) {
            facts.add(new Fact(source, kind, cut));
            total += cut.length();
        }
    }

    /** Returns the texts of some kinds in their order, of one kind the most trusted source first. */
    List<Fact> of(Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        return facts.stream()
                .filter(fact -> wanted.contains(fact.kind()))
                .sorted(Comparator.<Fact>comparingInt(fact -> wanted.indexOf(fact.kind()))
                        .thenComparing(fact -> fact.kind() == Kind.ADDRESS ? OfferSource.TITLE : fact.source()))
                .toList();
    }

    Optional<Fact> first(Kind kind) {
        return of(kind).stream().findFirst();
    }
}
