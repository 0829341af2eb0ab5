package dealbrain.web;

import dealbrain.http.Access;
import dealbrain.http.CachedBody;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.shares.Shares;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The files that pages load: the style sheet, which is that of the shared pages and what only the other pages need, and
 * the script, with which rows can be dragged and files chosen.
 */
final class Assets {
    private static final String CSS = "text/css; charset=utf-8";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final Asset STYLE = Asset.of(Shares.style() + Templates.text("app.css"), CSS, "css");
    private static final Asset SCRIPT = Asset.of(Templates.text("app.js"), JAVASCRIPT, "js");

    /** The path of the style sheet, which changes with its content. */
    static final String STYLE_PATH = STYLE.path();

    /** The path of the script, which changes with its content. */
    static final String SCRIPT_PATH = SCRIPT.path();

    private Assets() {}

    /**
     * A file.
     *
     * @param name       contains the hash of the content
     * @param anyVersion matches the names that the file has in any version
     */
    private record Asset(String name, Pattern anyVersion, CachedBody body) {
        static Asset of(String text, String mediaType, String extension) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            String tag = CachedBody.tagOf(bytes);
            return new Asset(
                    "app." + tag.toLowerCase(Locale.ROOT) + "." + extension,
                    Pattern.compile("app\\.[0-9A-Za-z]+\\." + extension),
                    CachedBody.strong(bytes, mediaType, tag));
        }

        String path() {
            return "/assets/" + name;
        }
    }

    static void routes(Router router) {
        router.get("/assets/{file}", Assets::show).page().access(Access.PUBLIC).produces(CSS, JAVASCRIPT);
    }

    /** During an update, a page of another version may name the files of that version. */
    private static Response show(Request request) {
        String file = request.pathText("file");
        Asset asset = List.of(STYLE, SCRIPT).stream()
                .filter(each -> each.anyVersion().matcher(file).matches())
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("file", file));
        String caching = file.equals(asset.name()) ? "public, max-age=31536000, immutable" : "no-cache";
        return Response.cached(asset.body()).with("Cache-Control", caching);
    }
}
