package dealbrain.listings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The templates of what every page of a deal shows, which the templates of the pages include: {@code deal-head.html}
 * with the photo, the price and the verdict, and {@code deal-facts.html} with the facts of a definition list.
 */
public final class DealTemplates {
    /** The names of the files. */
    public static final List<String> NAMES = List.of("deal-head.html", "deal-facts.html");

    private DealTemplates() {}

    /** Returns the text of one of {@link #NAMES}. */
    public static String text(String name) {
        try (InputStream in = Objects.requireNonNull(DealTemplates.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the model of the templates. A page that has an address to save the deal sets {@code save}, which is empty
     * here.
     */
    public static Map<String, Object> model(Listing listing) {
        boolean isArchived = listing.status() == ListingStatus.ARCHIVED;
        String offer = DealText.orEmpty(listing.listingUrl());
        Map<String, Object> model = new HashMap<>();
        model.put("title", listing.title());
        model.put("photo", DealText.orEmpty(listing.thumbnailUrl()));
        model.put("unavailable", DealText.unavailability(listing));
        model.put("condition", DealText.condition(listing));
        model.put("price", DealText.price(listing));
        model.put("price_date", DealText.date(listing.priceDate()));
        model.put("valuation", VerdictText.valuation(listing));
        model.put("per_mark", DealText.perMark(listing));
        model.put("offer", isArchived ? "" : offer);
        model.put("save", "");
        model.put("former_offer", isArchived ? offer : "");
        model.put("facts", DealFacts.of(listing));
        return model;
    }
}
