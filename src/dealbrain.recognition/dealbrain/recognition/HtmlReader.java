package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.ParseSettings;
import org.jsoup.parser.Parser;
import org.jsoup.parser.TagSet;

/**
 * Reads a page: its JSON-LD, microdata, OpenGraph, headings and tables. The page is parsed as XML with the elements of
 * HTML: the algorithm of HTML repeats the open formatting elements in each paragraph, which makes a small page large.
 * Nothing that the page refers to is loaded.
 */
final class HtmlReader {
    private static final int MAX_DEPTH = 400;
    private static final int MAX_JSON_LD = 20;

    private static final Map<String, Kind> META = Map.ofEntries(
            Map.entry("og:title", Kind.TITLE),
            Map.entry("twitter:title", Kind.TITLE),
            Map.entry("og:description", Kind.DESCRIPTION),
            Map.entry("description", Kind.DESCRIPTION),
            Map.entry("og:url", Kind.ADDRESS),
            Map.entry("og:image", Kind.IMAGE),
            Map.entry("product:brand", Kind.MAKER),
            Map.entry("og:brand", Kind.MAKER),
            Map.entry("product:condition", Kind.CONDITION),
            Map.entry("product:retailer_part_no", Kind.MODEL_NUMBER),
            Map.entry("product:mfr_part_no", Kind.MODEL_NUMBER));

    private final Offer offer;
    private final JsonLdReader jsonLd;
    private final List<String> errors = new ArrayList<>();
    private String amount = "";
    private String currency = "";
    private int scripts;

    private HtmlReader(Offer offer) {
        this.offer = offer;
        this.jsonLd = new JsonLdReader(offer);
    }

    /** Adds what a page says. Returns what is malformed in it. */
    static List<String> read(String html, Offer offer) {
        Parser parser = Parser.xmlParser()
                .tagSet(TagSet.Html())
                .settings(ParseSettings.htmlDefault)
                .setMaxDepth(MAX_DEPTH);
        Document document = parser.parseInput(PageLimits.apply(html), "");
        HtmlReader reader = new HtmlReader(offer);
        PageVisitor visitor = new PageVisitor(offer, reader::readElement);
        document.traverse(visitor);
        visitor.end();
        reader.addPrice();
        return reader.errors;
    }

    private void readElement(Element element) {
        switch (element.normalName()) {
            case "script" -> readScript(element);
            case "meta" -> readMeta(element);
            case "link" -> {
                if (element.attr("rel").equalsIgnoreCase("canonical")) {
                    offer.add(OfferSource.HTML, Kind.ADDRESS, element.attr("href"));
                }
            }
            default -> {}
        }
    }

    private void readScript(Element script) {
        if (script.attr("type").toLowerCase(Locale.ROOT).contains("ld+json") && scripts++ < MAX_JSON_LD) {
            StringBuilder data = new StringBuilder();
            for (Node child : script.childNodes()) {
                data.append(child.nodeValue());
            }
            Optional<String> error = jsonLd.read(data.toString());
            error.ifPresent(errors::add);
        }
    }

    private void readMeta(Element meta) {
        String name = meta.hasAttr("property") ? meta.attr("property") : meta.attr("name");
        String content = meta.attr("content");
        switch (name.toLowerCase(Locale.ROOT)) {
            case "og:price:amount", "product:price:amount" -> amount = content;
            case "og:price:currency", "product:price:currency" -> currency = content;
            default -> {
                Kind kind = META.get(name.toLowerCase(Locale.ROOT));
                if (kind != null) {
                    offer.add(OfferSource.OPEN_GRAPH, kind, content);
                }
            }
        }
    }

    private void addPrice() {
        if (!amount.isEmpty()) {
            offer.add(OfferSource.OPEN_GRAPH, Kind.PRICE, amount + " " + currency);
        }
    }

    /** Returns a text without tags, as descriptions in JSON-LD have them, and with its entities decoded. */
    static String plain(String text) {
        String bounded = text.substring(0, Math.min(text.length(), Tokens.MAX_LENGTH));
        String decoded = bounded.indexOf('&') >= 0 ? Parser.unescapeEntities(bounded, false) : bounded;
        if (decoded.indexOf('<') < 0) {
            return decoded;
        }
        StringBuilder plain = new StringBuilder(decoded.length());
        int end = 0;
        for (int i = decoded.indexOf('<'); i >= 0; i = decoded.indexOf('<', end)) {
            int close = decoded.indexOf('>', i);
            if (close < 0) {
                break;
            }
            plain.append(decoded, end, i).append(decoded.startsWith("<br", i) ? '\n' : ' ');
            end = close + 1;
        }
        return plain.append(decoded.substring(end)).toString();
    }
}
