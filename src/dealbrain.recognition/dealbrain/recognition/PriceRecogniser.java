package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises the price. Only US dollars are set in the draft; nothing is converted. */
final class PriceRecogniser implements Recogniser {
    /** Shops in countries whose dollar is another one. */
    private static final Pattern OTHER_DOLLAR = Pattern.compile(
            "(?i)https?://[^/?#\\s]{1,100}\\.(?:ca|com\\.au|co\\.nz|com\\.sg|com\\.hk|com\\.mx)(?:[/?#:]|$)");

    private static final int MAX_TITLE = 1000;

    @Override
    public void recognise(Offer offer, Findings findings) {
        for (Fact fact : offer.of(Kind.PRICE, Kind.TITLE, Kind.DESCRIPTION)) {
            Optional<Money> price = price(fact);
            if (price.isPresent()) {
                add(price.get(), fact, offer, findings);
                return;
            }
        }
    }

    private static Optional<Money> price(Fact fact) {
        if (fact.kind() == Kind.PRICE) {
            return Money.parse(fact.text());
        }
        List<Money> found = Money.find(
                fact.text().substring(0, Math.min(MAX_TITLE, fact.text().length())));
        return found.stream().findFirst();
    }

    private static void add(Money price, Fact fact, Offer offer, Findings findings) {
        String text = (price.amount().toPlainString() + " " + price.currency()).strip();
        boolean isOtherDollar = price.currency().equals("USD")
                && !fact.text().toUpperCase(Locale.ROOT).contains("US")
                && offer.of(Kind.ADDRESS).stream()
                        .anyMatch(
                                address -> OTHER_DOLLAR.matcher(address.text()).lookingAt());
        if (price.currency().equals("USD") && !isOtherDollar) {
            findings.amount("price_usd", price.amount(), fact.source());
            return;
        }
        findings.recognise("price", text, fact.source(), fact.source().confidence());
        String reason = price.currency().isEmpty() || isOtherDollar
                ? "the currency of the price is not certain; set price_usd"
                : "the price is not in US dollars; convert it and set price_usd";
        findings.unrecognised("price_usd", text, reason);
    }
}
