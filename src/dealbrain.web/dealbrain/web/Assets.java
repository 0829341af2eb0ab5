package dealbrain.web;

import dealbrain.http.Access;
import dealbrain.http.CachedBody;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.shares.Shares;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** The style sheet of the pages: that of the shared pages, and what only the other pages need. */
final class Assets {
    private static final String MEDIA_TYPE = "text/css; charset=utf-8";
    private static final Pattern ANY_VERSION = Pattern.compile("app\\.[0-9A-Za-z]+\\.css");
    private static final byte[] BYTES = (Shares.style() + Templates.text("app.css")).getBytes(StandardCharsets.UTF_8);
    private static final String TAG = CachedBody.tagOf(BYTES);
    private static final CachedBody STYLE = CachedBody.strong(BYTES, MEDIA_TYPE, TAG);
    private static final String NAME = "app." + TAG.toLowerCase(Locale.ROOT) + ".css";

    /** The path of the style sheet, which changes with its content. */
    static final String STYLE_PATH = "/assets/" + NAME;

    private Assets() {}

    static void routes(Router router) {
        router.get("/assets/{file}", Assets::show).page().access(Access.PUBLIC).produces(MEDIA_TYPE);
    }

    /** During an update, a page of another version may name the style sheet of that version. */
    private static Response show(Request request) {
        String file = request.pathText("file");
        if (!ANY_VERSION.matcher(file).matches()) {
            throw ProblemException.notFound("file", file);
        }
        String caching = file.equals(NAME) ? "public, max-age=31536000, immutable" : "no-cache";
        return Response.cached(STYLE).with("Cache-Control", caching);
    }
}
