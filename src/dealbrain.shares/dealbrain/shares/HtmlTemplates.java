package dealbrain.shares;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dealbrain.collections.DealColumn;
import dealbrain.collections.DealTable;
import dealbrain.listings.DealFacts;
import dealbrain.listings.DealTemplates;
import dealbrain.listings.DealText;
import dealbrain.listings.VerdictText;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The templates of the HTML pages that links open. The pages have no scripts, and the templates escape every text.
 * The content security policy allows images and the one style sheet, by its hash. Thread-safe.
 */
final class HtmlTemplates {
    static final String STYLE = resource("page.css");
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(bytes("page.css"))
            + "'; img-src http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .zeroIsFalse(true)
            .withLoader(name -> new StringReader(DealTemplates.text(name + ".html")));
    private static final Template DEAL = COMPILER.compile(resource("deal.html"));
    private static final Template COLLECTION = COMPILER.compile(resource("collection.html"));

    /**
     * Hashes of everything that determines the HTML of a listing or collection. During a rolling update, instances of
     * two versions share one Redis; with different fingerprints they do not use each other's HTML.
     */
    static final String FINGERPRINT =
            Stream.of("page.css", "deal.html", "collection.html", "DealHtml.class", "CollectionHtml.class")
                            .map(HtmlTemplates::bytes)
                            .map(HtmlTemplates::sha256)
                            .collect(Collectors.joining())
                    + DealTemplates.NAMES.stream()
                            .map(DealTemplates::text)
                            .map(text -> sha256(text.getBytes(StandardCharsets.UTF_8)))
                            .collect(Collectors.joining())
                    + Stream.of(
                                    DealTemplates.class,
                                    DealText.class,
                                    DealFacts.class,
                                    VerdictText.class,
                                    DealTable.class,
                                    DealColumn.class)
                            .map(type -> sha256(bytes(type, type.getSimpleName() + ".class")))
                            .collect(Collectors.joining());

    private HtmlTemplates() {}

    static String deal(Map<String, ?> model) {
        return render(DEAL, model);
    }

    static String collection(Map<String, ?> model) {
        return render(COLLECTION, model);
    }

    /** Returns JSON for a script element: characters that could end the element are replaced by their JSON escapes. */
    static String scriptText(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String render(Template template, Map<String, ?> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("style", STYLE);
        return template.execute(all);
    }

    private static String resource(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        return bytes(HtmlTemplates.class, name);
    }

    private static byte[] bytes(Class<?> neighbour, String name) {
        try (InputStream in = Objects.requireNonNull(neighbour.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
