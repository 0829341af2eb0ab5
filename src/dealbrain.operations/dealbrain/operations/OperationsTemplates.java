package dealbrain.operations;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
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

/**
 * The operator's pages as HTML. The policy lets through the one style sheet and the one script, each by its hash, and nothing
 * from elsewhere; the script asks for the same page every few seconds and shows what changed. Safe for use by many threads.
 */
final class OperationsTemplates {
    private static final String STYLE = resource("ops.css");
    private static final String SCRIPT = resource("ops.js");
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; script-src 'sha256-" + sha256(SCRIPT)
                    + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .withLoader(name -> new StringReader(resource(name)));
    private static final Template OVERVIEW = COMPILER.compile(resource("ops.html"));
    private static final Template STATEMENT = COMPILER.compile(resource("statement.html"));

    private OperationsTemplates() {}

    static Response overview(Map<String, ?> model) {
        return page(OVERVIEW, model);
    }

    static Response statement(Map<String, ?> model) {
        return page(STATEMENT, model);
    }

    private static Response page(Template template, Map<String, ?> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("style", STYLE);
        all.put("script", SCRIPT);
        return Response.text(200, Response.HTML, template.execute(all))
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer")
                .with("X-Robots-Tag", "noindex")
                .with("Cache-Control", "no-store");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(OperationsTemplates.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
