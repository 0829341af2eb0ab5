package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the members of a request into an {@link Offer}. */
final class OfferReader {
    private static final int MIN_WORDS = 3;
    private static final Pattern AFTER_HOST = Pattern.compile("(?i)https?://[^/?#]{1,255}/([^?#]{1,2000}+)");
    private static final Pattern WORD_END = Pattern.compile("[-_+]|%20");

    private OfferReader() {}

    /** Returns what the request says; what is malformed in it is reported to the findings. */
    static Offer read(ParseInput input, Findings findings) {
        Offer offer = new Offer();
        if (input.title() != null) {
            offer.add(OfferSource.TITLE, Kind.TITLE, input.title());
        }
        if (input.url() != null) {
            offer.add(OfferSource.URL, Kind.ADDRESS, input.url());
            words(input.url()).ifPresent(words -> offer.add(OfferSource.URL, Kind.TITLE, words));
        }
        String jsonLd = input.jsonLdText();
        if (jsonLd != null) {
            new JsonLdReader(offer).read(jsonLd).ifPresent(error -> findings.unrecognised("json_ld", jsonLd, error));
        }
        if (input.html() != null) {
            HtmlReader.read(input.html(), offer).forEach(error -> findings.unrecognised("html", "", error));
        }
        if (input.text() != null) {
            Labels.addRows(offer, OfferSource.TEXT, input.text());
            offer.add(OfferSource.TEXT, Kind.DESCRIPTION, input.text());
        }
        return offer;
    }

    /** Returns the words of an address such as {@code /itm/dell-optiplex-7060-micro/1234}, if it has some. */
    private static Optional<String> words(String url) {
        var matcher = AFTER_HOST.matcher(url.strip());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        return Arrays.stream(matcher.group(1).split("/", -1))
                .map(segment -> WORD_END.matcher(segment).replaceAll(" ").strip())
                .filter(words -> words.split(" ", -1).length >= MIN_WORDS)
                .max(Comparator.comparingInt(String::length));
    }
}
