package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.accounts.User;
import dealbrain.http.CachedBody;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all pages have around their content: head, navigation, notice and footer, and the headers of the response. */
final class PageFrame {
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; "
            + "img-src 'self' http: https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control",
            "private, no-store",
            "Vary",
            "Cookie",
            "Content-Security-Policy",
            POLICY,
            "Referrer-Policy",
            "same-origin");

    private final Sessions sessions;
    private final boolean signupOpen;

    PageFrame(Sessions sessions, boolean signupOpen) {
        this.sessions = sessions;
        this.signupOpen = signupOpen;
    }

    /** Returns the page as a response. */
    Response show(Request request, Page page) {
        Map<String, Object> model = new HashMap<>(page.model());
        model.putAll(model(request, page.title()));
        Response response =
                framed(Response.text(page.status(), Response.HTML, Templates.render(page.template(), model)));
        return page.isIndexed() ? response : response.with("X-Robots-Tag", "noindex");
    }

    /** Returns a page that is rendered already as a response. */
    Response show(CachedBody page) {
        return framed(Response.cached(page)).with("X-Robots-Tag", "noindex");
    }

    private static Response framed(Response content) {
        Response response = content;
        for (Map.Entry<String, String> header : HEADERS.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    /** Returns the model of head and foot of a page, which differs by session and user. */
    Map<String, Object> model(Request request, String title) {
        Map<String, Object> model = new HashMap<>();
        model.put("base", request.publicUrl().relative(""));
        model.put("title", title);
        model.put("style", Assets.STYLE_PATH);
        model.put("script", Assets.SCRIPT_PATH);
        model.put("csrf", sessions.formKey(request));
        model.put("notice", Notice.of(request));
        model.put("signup_open", signupOpen);
        model.put("signed_in", sessions.isIn(request));
        model.put("user", sessions.isIn(request) ? name(sessions.user(request)) : "");
        model.put("navigation", navigation(request));
        model.put("tabs", tabs(request));
        model.put("account_current", current(request, "/account"));
        return model;
    }

    private static String name(User user) {
        String name = user.displayName();
        return name == null ? user.username() : name;
    }

    /**
     * A link of a navigation.
     *
     * @param current the value of {@code aria-current}: {@code page} for the page that is shown, {@code true} for the
     *                page above it; empty for others
     */
    record Link(String path, String label, String current) {}

    private List<Link> navigation(Request request) {
        List<Link> links = new ArrayList<>();
        if (sessions.isIn(request)) {
            links.add(link(request, "/", "Home"));
            links.add(link(request, "/deals", "Deals"));
            links.add(link(request, "/deals/new", "New deal"));
            links.add(link(request, "/inbox", "Inbox"));
        }
        links.add(link(request, "/discover", "Discover"));
        if (sessions.isIn(request) && sessions.user(request).isAdmin()) {
            links.add(link(request, "/admin", "Admin"));
        }
        return links;
    }

    /** Returns the links between the pages of administrators, on these pages only. */
    private static List<Link> tabs(Request request) {
        if (!request.route().template().startsWith("/admin")) {
            return List.of();
        }
        boolean isOfUser = request.route().template().startsWith("/admin/users");
        boolean isList = request.route().template().equals("/admin");
        return List.of(
                new Link("/admin", "Users", isList ? "page" : isOfUser ? "true" : ""),
                link(request, "/admin/invites", "Invitations"),
                link(request, "/admin/audit", "Audit log"),
                link(request, "/ops", "Operations"));
    }

    private static Link link(Request request, String path, String label) {
        return new Link(path, label, current(request, path));
    }

    /** A page below another one, such as that of a share below the inbox, belongs to it, but for those with a link. */
    private static String current(Request request, String path) {
        String template = request.route().template();
        if (template.equals(path)) {
            return "page";
        }
        boolean isBelow = template.startsWith(path + "/") && !template.equals("/deals/new");
        return isBelow ? "true" : "";
    }

    /** Returns the page of a problem that the page of the request does not show itself. */
    Response problem(Request request, ProblemException e) {
        Map<String, Object> model = new HashMap<>();
        model.put("status", e.type().status());
        model.put("advice", e.type().advice());
        model.put("detail", e.type().advice().equals(e.getMessage()) ? "" : e.getMessage());
        model.put("request_id", request.id());
        Page page =
                new Page("problem", e.type().title(), model).withStatus(e.type().status());
        return withHeaders(show(request, page), e);
    }

    /** Returns the page of a form that is wrong, with the status and the headers of the problem. */
    Response wrong(Request request, Page page, ProblemException e) {
        boolean isChallenge = e.type().status() == 401; // for which browsers expect a header that names a scheme
        return withHeaders(
                show(request, page.withStatus(isChallenge ? 422 : e.type().status())), e);
    }

    private static Response withHeaders(Response shown, ProblemException e) {
        Response response = shown;
        for (Map.Entry<String, String> header : e.headers().entrySet()) {
            if (!header.getKey().equals("WWW-Authenticate")) {
                response = response.with(header.getKey(), header.getValue());
            }
        }
        return response;
    }
}
