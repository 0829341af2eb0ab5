package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the address of the offer, and for the shops of {@code shops.txt} the marketplace and its number there. */
final class ShopRecogniser implements Recogniser {
    private static final List<Shop> ALL = read();
    private static final int MAX_ADDRESS = 2048;
    private static final Pattern WEB =
            Pattern.compile("(?i)https?://([^/?#\\s@:]{1,255})(?::[0-9]{1,5})?([^#\\s]*+)(?:#\\S*+)?");

    private record Shop(String name, Pattern host, List<Pattern> items) {}

    private static List<Shop> read() {
        List<Shop> all = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(ShopRecogniser.class.getResourceAsStream("shops.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> all.add(shop(line.split("; ", -1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(all);
    }

    private static Shop shop(String[] columns) {
        List<Pattern> items = new ArrayList<>();
        for (int i = 2; i < columns.length; i++) {
            items.add(Pattern.compile(columns[i], Pattern.CASE_INSENSITIVE));
        }
        return new Shop(columns[0], Pattern.compile("(?:[a-z0-9-]{1,63}\\.){0,4}" + columns[1]), items);
    }

    @Override
    public void recognise(Offer offer, Findings findings) {
        for (Fact fact : offer.of(Kind.ADDRESS)) {
            Matcher web = WEB.matcher(fact.text());
            if (web.matches() && fact.text().length() <= MAX_ADDRESS) {
                findings.text("listing_url", fact.text(), MAX_ADDRESS, fact.source());
                addShop(web.group(1).toLowerCase(Locale.ROOT), web.group(2), fact.source(), findings);
                break;
            }
            findings.unrecognised(
                    "listing_url",
                    fact.text(),
                    "the address must be one of http or https without blanks, with at most " + MAX_ADDRESS
                            + " characters");
        }
        addImage(offer, findings);
    }

    private static void addShop(String host, String path, OfferSource source, Findings findings) {
        for (Shop shop : ALL) {
            if (shop.host().matcher(host).matches()) {
                findings.text("marketplace", shop.name(), 100, source);
                item(shop, path).ifPresent(item -> findings.text("vendor_item_id", item, 255, source));
                return;
            }
        }
    }

    private static Optional<String> item(Shop shop, String path) {
        return shop.items().stream()
                .map(pattern -> pattern.matcher(path))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    private static void addImage(Offer offer, Findings findings) {
        offer.of(Kind.IMAGE).stream()
                .filter(fact -> fact.text().length() <= MAX_ADDRESS
                        && WEB.matcher(fact.text()).matches())
                .findFirst()
                .ifPresent(fact -> findings.text("thumbnail_url", fact.text(), MAX_ADDRESS, fact.source()));
    }
}
