package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.listings.DealTemplates;
import dealbrain.listings.DealText;
import dealbrain.listings.Listing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page of a deal: what it is and costs, its verdict, its links, and what a person can do with it. */
final class DealPage {
    private static final String PATH = "/deals/{id}";
    private static final Map<String, String> EXPIRIES =
            DealForm.ordered("30", "30 days", "7", "7 days", "180", "180 days", "0", "No expiry");

    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;
    private final CollectionChooser collections;

    DealPage(ApiCalls api, Sessions sessions, PageFrame frame) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
        this.collections = new CollectionChooser(api);
    }

    void routes(Pages pages) {
        pages.get(PATH, request -> show(request, Fields.EMPTY));
        pages.post(PATH + "/status", this::setStatus);
        pages.post(PATH + "/collect", this::collect);
        pages.post(PATH + "/links", this::createLink);
        pages.post(PATH + "/links/{share_id}/end", this::endLink);
        pages.get(PATH + "/links/{share_id}/qr.svg", this::qrCode);
        pages.post(PATH + "/send", this::send);
        pages.get(PATH + "/delete", this::confirmDelete);
        pages.post(PATH + "/delete", this::delete);
    }

    static String path(Request request) {
        return "/deals/" + request.pathLong("id");
    }

    static String apiPath(Request request) {
        return "/api/v1/listings/" + request.pathLong("id");
    }

    static boolean mayChange(Sessions sessions, Request request, Listing listing) {
        boolean isOwn = listing.ownerId() != null
                && listing.ownerId() == sessions.user(request).id();
        return isOwn || sessions.user(request).isAdmin();
    }

    private Response show(Request request, Fields fields) {
        ApiResult result = api.get(request, apiPath(request));
        Listing listing = result.value(Listing.class);
        Map<String, Object> model = DealTemplates.model(listing);
        model.put("id", listing.id());
        model.put("notes", DealText.orEmpty(listing.notes()));
        model.put("created", Times.day(result.json().path("created_at")));
        model.put("updated", Times.minute(result.json().path("updated_at")));
        model.put("may_change", mayChange(sessions, request, listing));
        model.put("status", status(listing));
        model.put(
                "collection",
                fields.choice(CollectionChooser.FIELD, "Collection", collections.choices(request))
                        .plain());
        model.put(
                "expiry",
                fields.choice("expires_in_days", "The link ends after", EXPIRIES)
                        .plain());
        model.put("links", links(request));
        model.put(
                "sending",
                List.of(fields.text("recipient_username", "Username").required(), fields.text("message", "Message")));
        model.put("errors", fields.errors().rest());
        boolean isWrong = fields.errors() != FormErrors.NONE;
        Page page = new Page("deal", listing.title(), model);
        return frame.show(request, isWrong ? page.withStatus(fields.errors().status()) : page);
    }

    private static Field status(Listing listing) {
        Form stored = new Form(Map.of("status", List.of(DealForm.name(listing.status()))));
        return new Fields(stored, FormErrors.NONE)
                .choice("status", "Status", DealForm.STATUSES)
                .plain();
    }

    private List<Map<String, Object>> links(Request request) {
        JsonNode links = api.get(request, apiPath(request) + "/shares?limit=50&count=none")
                .json();
        return Rows.of(links, (link, row) -> {
            row.put("expires", Times.day(link.path("expires_at")));
            row.put("views", link.path("view_count").asInt() == 1 ? "1 view" : link.path("view_count") + " views");
        });
    }

    private Response setStatus(Request request, Form form) {
        api.patch(request, apiPath(request), Map.of("status", form.text("status")));
        return Pages.redirect(Notice.SAVED.on(path(request)));
    }

    private Response collect(Request request, Form form) {
        String id = Long.toString(request.pathLong("id"));
        collections.add(request, form.text(CollectionChooser.FIELD), List.of(id));
        return Pages.redirect(Notice.ADDED.on(path(request)));
    }

    private Response createLink(Request request, Form form) {
        String days = form.text("expires_in_days");
        if (!EXPIRIES.containsKey(days)) {
            throw ProblemException.invalid("/expires_in_days", "choose how long the link is valid");
        }
        api.post(request, apiPath(request) + "/shares", Map.of("expires_in_days", Integer.valueOf(days)));
        return Pages.redirect(Notice.LINK_CREATED.on(path(request)) + "#links");
    }

    private Response endLink(Request request, Form form) {
        api.delete(request, "/api/v1/listing-shares/" + request.pathLong("share_id"));
        return Pages.redirect(Notice.LINK_ENDED.on(path(request)));
    }

    private Response qrCode(Request request) {
        JsonNode link = api.get(request, "/api/v1/listing-shares/" + request.pathLong("share_id"))
                .json();
        return Response.text(
                        200, QrSvg.MEDIA_TYPE, QrSvg.of(link.path("share_url").asText()))
                .with("Cache-Control", "private, no-store")
                .with("Content-Security-Policy", "default-src 'none'");
    }

    private Response send(Request request, Form form) {
        Map<String, Object> body = new HashMap<>();
        body.put("listing_id", request.pathLong("id"));
        body.put("recipient_username", form.text("recipient_username"));
        form.find("message").ifPresent(text -> body.put("message", text));
        try {
            api.post(request, "/api/v1/user-shares", body);
            return Pages.redirect(Notice.SENT.on(path(request)));
        } catch (ProblemException e) {
            return show(request, new Fields(form, FormErrors.of(e)));
        }
    }

    private Response confirmDelete(Request request) {
        Listing listing = api.get(request, apiPath(request)).value(Listing.class);
        if (!mayChange(sessions, request, listing)) {
            throw ProblemException.forbidden("listing " + listing.id() + " belongs to another user");
        }
        return frame.show(
                request, new Page("delete-deal", "Delete a deal", Map.of("id", listing.id(), "name", listing.title())));
    }

    private Response delete(Request request, Form form) {
        api.delete(request, apiPath(request));
        return Pages.redirect(Notice.DELETED.on("/deals"));
    }
}
