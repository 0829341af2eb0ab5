package dealbrain.web;

import java.util.Map;

/**
 * A page: a template and what it shows.
 *
 * @param template the name of the template, without {@code .html}
 * @param title    for the browser's title bar; the template has its own heading
 * @param model    the members that the template reads, besides those of {@link PageFrame}
 */
record Page(String template, String title, Map<String, ?> model, int status, boolean isIndexed) {
    Page(String template, String title, Map<String, ?> model) {
        this(template, title, model, 200, false);
    }

    Page withStatus(int other) {
        return new Page(template, title, model, other, isIndexed);
    }

    /** Returns the page as one that search engines may list. */
    Page indexed() {
        return new Page(template, title, model, status, true);
    }
}
