package dealbrain.web;

import dealbrain.http.Form;
import dealbrain.http.Request;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths of this server to come back to. Every other text leads to the start page, so that no link leads away. */
final class LocalPath {
    /** A slash, no second slash or backslash, which browsers read as a host, and printable ASCII. */
    private static final Pattern SYNTAX = Pattern.compile("/(?![/\\\\])[!-~&&[^\\\\]]*");

    private static final int MAX_LENGTH = 2000;

    private LocalPath() {}

    /** Returns the text if it is a path of this server, with or without a query; else the path of the start page. */
    static String of(String text) {
        return text.length() <= MAX_LENGTH && SYNTAX.matcher(text).matches() ? text : "/";
    }

    /** Returns the path and the query of a request. */
    static String of(Request request) {
        Form parameters = request.parameters();
        return of(parameters.fields().isEmpty() ? request.rawPath() : request.rawPath() + QueryString.of(parameters));
    }

    /** Returns the query that passes a path on to another page; empty for the start page. */
    static String query(String next) {
        return next.equals("/") ? "" : "?next=" + QueryString.encoded(next);
    }

    /** Returns the path of the page that sent a form. */
    static String ofReferrer(Request request) {
        return request.header("Referer")
                .flatMap(LocalPath::path)
                .filter(path -> path.startsWith(request.publicUrl().prefix() + "/"))
                .map(path -> of(path.substring(request.publicUrl().prefix().length())))
                .orElse("/");
    }

    private static Optional<String> path(String referrer) {
        try {
            return Optional.ofNullable(URI.create(referrer).getRawPath());
        } catch (IllegalArgumentException _) { // browsers send other characters than RFC 3986 allows
            return Optional.empty();
        }
    }
}
