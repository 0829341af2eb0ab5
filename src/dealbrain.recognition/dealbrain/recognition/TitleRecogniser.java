package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sets the title, which each listing needs: that of the request, else that of the page without the name of the shop,
 * else the first line of the description, else the words in the address.
 */
final class TitleRecogniser implements Recogniser {
    private static final int MAX = 255;
    private static final Pattern SHOP = Pattern.compile(
            "\\s{1,3}[|:\u2013-]\\s{1,3}(?:ebay|amazon[a-z.]{0,7}|kleinanzeigen[a-z.]{0,20}|walmart[a-z.]{0,4}|newegg[a-z.]{0,4}"
                    + "|best buy|back market|craigslist|refurbed).{0,60}$",
            Pattern.CASE_INSENSITIVE);

    private static final String NO_TITLE = "Untitled offer";

    @Override
    public void recognise(Offer offer, Findings findings) {
        Optional<Fact> fact = offer.first(Kind.TITLE).or(() -> offer.first(Kind.DESCRIPTION));
        String title = fact.map(TitleRecogniser::title).orElse("");
        if (title.isEmpty()) {
            findings.text("title", NO_TITLE, MAX, OfferSource.TEXT, 0);
            findings.unrecognised("title", "", "the offer has no title");
        } else {
            findings.text("title", title, MAX, fact.orElseThrow().source());
        }
    }

    private static String title(Fact fact) {
        String first = fact.kind() == Kind.DESCRIPTION
                ? fact.text()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .orElse("")
                : fact.text();
        String line = PlainText.shortened(first, Tokens.MAX_LENGTH);
        String title = fact.source() == OfferSource.TITLE
                ? line
                : SHOP.matcher(bounded(line)).replaceFirst("");
        return PlainText.shortened(title, MAX);
    }

    private static String bounded(String line) {
        return line.substring(0, Math.min(line.length(), 2 * MAX));
    }
}
