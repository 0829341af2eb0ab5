package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** Collects the texts of a page in one pass: microdata, the heading, and tables of two columns. */
final class PageVisitor implements NodeVisitor {
    private static final Map<String, Kind> PROPERTIES = Map.ofEntries(
            Map.entry("name", Kind.TITLE),
            Map.entry("description", Kind.DESCRIPTION),
            Map.entry("brand", Kind.MAKER),
            Map.entry("manufacturer", Kind.MAKER),
            Map.entry("model", Kind.MODEL),
            Map.entry("mpn", Kind.MODEL_NUMBER),
            Map.entry("itemcondition", Kind.CONDITION),
            Map.entry("image", Kind.IMAGE),
            Map.entry("url", Kind.ADDRESS));

    private static final Set<String> CELLS = Set.of("dt", "dd", "th", "td");
    private static final Set<String> ROWS = Set.of("dt", "dd", "th", "td", "tr", "dl", "table");
    private static final Set<String> ADDRESSES = Set.of("href", "src", "content", "data-src");
    private static final int MAX_OPEN = 8;
    private static final int MAX_TEXT = 2000;

    /** The text of an element that is not closed yet. */
    private record Open(Element element, String name, StringBuilder text) {}

    /** An element with a type of its own, such as the brand of a product. */
    private record Scope(Element element, String type) {}

    private final Offer offer;
    private final Consumer<Element> elements;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable Element product;
    private boolean isProductOver;
    private final Deque<Scope> scopes = new ArrayDeque<>();
    private String label = "";
    private String price = "";
    private String currency = "";

    PageVisitor(Offer offer, Consumer<Element> elements) {
        this.offer = offer;
        this.elements = elements;
    }

    @Override
    public void head(Node node, int depth) {
        switch (node) {
            case TextNode text -> open.forEach(each -> append(each.text, text.getWholeText()));
            case Element element -> {
                elements.accept(element);
                start(element);
            }
            default -> {}
        }
    }

    private static void append(StringBuilder text, String more) {
        text.append(more, 0, Math.max(0, Math.min(more.length(), MAX_TEXT - text.length())));
    }

    private void start(Element element) {
        String name = element.normalName();
        if (ROWS.contains(name)) {
            closeCells(); // HTML closes them, too
        }
        if (element.hasAttr("itemscope")) {
            startScope(element);
        }
        if (element.hasAttr("itemprop") && product != null && !isProductOver) {
            startProperty(element, element.attr("itemprop").strip().toLowerCase(Locale.ROOT));
        } else if (CELLS.contains(name) || name.equals("h1") || name.equals("title")) {
            push(element, name);
        }
    }

    private void startScope(Element element) {
        String type = element.attr("itemtype");
        scopes.push(new Scope(element, type.substring(type.lastIndexOf('/') + 1)));
        if (product == null && scopes.getFirst().type.equals("Product")) {
            product = element;
        }
    }

    private void startProperty(Element element, String property) {
        String value = ADDRESSES.stream()
                .filter(name -> !element.attr(name).isBlank())
                .filter(name -> name.equals("content") || !isText(property))
                .map(element::attr)
                .findFirst()
                .orElse("");
        if (!value.isEmpty()) {
            addProperty(property, value);
        } else if (!element.hasAttr("itemscope")) {
            push(element, "itemprop " + property);
        }
    }

    private static boolean isText(String property) {
        return property.equals("name") || property.equals("brand") || property.equals("seller");
    }

    private void addProperty(String property, String value) {
        switch (property) {
            case "price", "lowprice" -> price = price.isEmpty() ? value : price;
            case "pricecurrency" -> currency = currency.isEmpty() ? value : currency;
            case "name" -> offer.add(OfferSource.MICRODATA, nameKind(), value);
            default -> {
                Kind kind = PROPERTIES.get(property);
                if (kind != null) {
                    offer.add(OfferSource.MICRODATA, kind, value);
                }
            }
        }
    }

    /** Returns what has the name: the product, its brand or its seller. */
    private Kind nameKind() {
        return switch (scopes.isEmpty() ? "" : scopes.getFirst().type) {
            case "Brand" -> Kind.MAKER;
            case "Organization", "Person", "LocalBusiness", "Store" -> Kind.SELLER;
            default -> Kind.TITLE;
        };
    }

    private void push(Element element, String name) {
        if (open.size() < MAX_OPEN) {
            open.push(new Open(element, name, new StringBuilder()));
        }
    }

    @Override
    public void tail(Node node, int depth) {
        while (!open.isEmpty() && open.peek().element.equals(node)) {
            close(open.pop());
        }
        if (!scopes.isEmpty() && scopes.getFirst().element.equals(node)) {
            scopes.pop();
        }
        if (node.equals(product)) {
            isProductOver = true;
        }
    }

    private void closeCells() {
        while (!open.isEmpty() && CELLS.contains(open.peek().name)) {
            close(open.pop());
        }
    }

    private void close(Open closed) {
        String text = PlainText.shortened(closed.text.toString(), MAX_TEXT);
        switch (closed.name) {
            case "dt", "th" -> label = text;
            case "dd", "td" -> addCell(text);
            case "h1", "title" -> offer.add(OfferSource.HTML, Kind.TITLE, text);
            default -> addProperty(closed.name.substring("itemprop ".length()), text);
        }
    }

    /** A cell is the value of the label before it, or the label of the next cell. */
    private void addCell(String text) {
        if (label.isEmpty()) {
            label = text;
        } else {
            Labels.addRow(offer, OfferSource.HTML, label, text);
            label = "";
        }
    }

    /** Adds what is complete only at the end of the page. */
    void end() {
        if (!price.isEmpty()) {
            offer.add(OfferSource.MICRODATA, Kind.PRICE, price + " " + currency);
        }
    }
}
