package dealbrain.web;

import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import java.util.Locale;
import java.util.Optional;

/**
 * Refuses forms that a page of another site sends with the cookie of a person (cross-site request forgery). Browsers
 * say in {@code Sec-Fetch-Site} where a form comes from, if they trust the connection, and in {@code Origin} otherwise.
 */
final class SameSite {
    private static final ProblemType REFUSED = ProblemType.forbidden(
            "foreign-form",
            "The form did not come from a page of this server",
            "Nothing was changed. Open the page again, and send the form from there. If you signed in or out in another"
                    + " tab since you opened the page, this is why.");

    private SameSite() {}

    /** @throws ProblemException if a page of another site sent the form */
    static void require(Request request) {
        if (!isOf(request)) {
            throw refused();
        }
    }

    /** Returns whether a page of this server sent the form. */
    static boolean isOf(Request request) {
        Optional<String> site = request.header("Sec-Fetch-Site");
        return site.isPresent()
                ? site.get().equals("same-origin") || site.get().equals("none")
                : request.header("Origin")
                        .filter(origin -> isOwn(request, origin.toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    static ProblemException refused() {
        return new ProblemException(REFUSED, REFUSED.advice());
    }

    private static boolean isOwn(Request request, String origin) {
        String base = request.publicUrl().base().toLowerCase(Locale.ROOT);
        boolean isPublic = (base + "/").startsWith(origin + "/");
        String host = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
        return isPublic
                || (!host.isEmpty() && origin.replaceFirst("^https?://", "").equals(host));
    }
}
