package dealbrain.shares;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dealbrain.http.ProblemException;
import dealbrain.http.Response;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages that people see who open a link: made here, without script, from templates that escape every text. The policy
 * lets through the one style sheet, by its hash, and pictures. Safe for use by many threads.
 */
final class HtmlTemplates {
    private static final String STYLE = resource("page.css");
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(bytes("page.css"))
            + "'; img-src http: https:; " + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .zeroIsFalse(true)
            .withLoader(name -> new StringReader(resource(name)));
    private static final Template DEAL = COMPILER.compile(resource("deal.html"));
    private static final Template COLLECTION = COMPILER.compile(resource("collection.html"));
    private static final Template GONE = COMPILER.compile(resource("gone.html"));

    /** Stands for all by which these pages are made: programs of two versions do not take each other's pages for their own. */
    static final String RULES = Stream.of(
                    "page.css",
                    "deal.html",
                    "collection.html",
                    "DealHtml.class",
                    "CollectionHtml.class",
                    "DealText.class")
            .map(name -> sha256(bytes(name)))
            .collect(Collectors.joining());

    private HtmlTemplates() {}

    static String deal(Map<String, ?> model) {
        return text(DEAL, model);
    }

    static String collection(Map<String, ?> model) {
        return text(COLLECTION, model);
    }

    /** The page, or a friendly one that says why the link leads nowhere. */
    static Response orGone(Supplier<Response> page) {
        try {
            return page.get();
        } catch (ProblemException e) {
            return Response.text(
                            e.type().status(),
                            Response.HTML,
                            text(
                                    GONE,
                                    Map.of(
                                            "title",
                                            e.type().title(),
                                            "advice",
                                            e.type().advice())))
                    .with("Content-Security-Policy", POLICY)
                    .with("Referrer-Policy", "no-referrer")
                    .with("X-Robots-Tag", "noindex");
        }
    }

    /** JSON that can stand in a script element: the characters that could end it are written as escapes of JSON. */
    static String scriptText(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String text(Template template, Map<String, ?> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("style", STYLE);
        return template.execute(all);
    }

    private static String resource(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(HtmlTemplates.class.getResourceAsStream(name), name)) {
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
