package dealbrain.web;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dealbrain.listings.DealTemplates;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates of the pages. Every text is escaped; a missing member is an error, null is empty. A template includes
 * another by {@code {{>name}}}. Thread-safe.
 */
final class Templates {
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .zeroIsFalse(true)
            .nullValue("")
            .withLoader(name -> new StringReader(included(name + ".html")));
    private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();

    private Templates() {}

    static String render(String name, Map<String, ?> model) {
        return TEMPLATES
                .computeIfAbsent(name, each -> COMPILER.compile(text(each + ".html")))
                .execute(model);
    }

    private static String included(String name) {
        return DealTemplates.NAMES.contains(name) ? DealTemplates.text(name) : text(name);
    }

    /** Returns a file of this module. */
    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Templates.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
