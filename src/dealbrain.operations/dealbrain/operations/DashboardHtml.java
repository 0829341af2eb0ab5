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
 * Renders the dashboard. Its content security policy allows the inline style sheet and script, by their hashes, and
 * nothing else. The script reloads the page every few seconds. Thread-safe.
 */
final class DashboardHtml {
    private static final String STYLE = resource("ops.css");
    private static final String SCRIPT = resource("ops.js");
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; script-src 'sha256-" + sha256(SCRIPT)
                    + "'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
                    + "; frame-ancestors 'none'";
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .zeroIsFalse(true) // so that {{#warnings.size}} leaves out an empty list
            .withLoader(name -> new StringReader(resource(name)));
    private static final Template OVERVIEW = COMPILER.compile(resource("ops.html"));
    private static final Template STATEMENT = COMPILER.compile(resource("statement.html"));
    private static final Template REQUEST = COMPILER.compile(resource("request.html"));
    private static final Template FLAMES = COMPILER.compile(resource("flames.html"));

    private DashboardHtml() {}

    static Response overview(Map<String, ?> model) {
        return page(OVERVIEW, model);
    }

    static Response statement(Map<String, ?> model) {
        return page(STATEMENT, model);
    }

    static Response request(Map<String, ?> model) {
        return page(REQUEST, model);
    }

    static Response flames(Map<String, ?> model) {
        return page(FLAMES, model);
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
        try (InputStream in = Objects.requireNonNull(DashboardHtml.class.getResourceAsStream(name), name)) {
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
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }
}
