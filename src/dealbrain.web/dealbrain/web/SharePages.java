package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of a deal that another user shared, from which it is imported into a collection. */
final class SharePages {
    static final String SHARES = "/api/v1/user-shares";
    private static final String PATH = "/inbox/shares/{share_token}";

    private final ApiCalls api;
    private final PageFrame frame;

    SharePages(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get("/inbox/shares/by-id/{id}", this::find);
        pages.get(PATH, request -> frame.show(request, page(request, Fields.EMPTY)));
        pages.post(PATH + "/import", this::importShare);
        pages.post(PATH + "/delete", this::delete);
    }

    /** Notifications name the share by its id. */
    private Response find(Request request) {
        JsonNode share =
                api.get(request, SHARES + "/by-id/" + request.pathLong("id")).json();
        return Pages.redirect("/inbox/shares/" + share.path("share_token").asText());
    }

    private static String share(Request request) {
        return SHARES + "/" + QueryString.encoded(request.pathText("share_token"));
    }

    private Page page(Request request, Fields fields) {
        JsonNode share = api.get(request, share(request)).json();
        Map<String, Object> model = Rows.of(share);
        addShare(share, model);
        model.putIfAbsent("message", ""); // a preview has none
        model.put("token", request.pathText("share_token"));
        model.put("is_mine", share.has("recipient_id"));
        model.put("offer", share.at("/listing/listing_url").asText(""));
        model.put("listing_id", share.at("/listing/id").asText());
        model.put("collection", fields.choice("collection_id", "Collection", collections(request)));
        model.put("errors", fields.errors().rest());
        return new Page("share", share.at("/listing/title").asText(), model);
    }

    /** Adds what the list and the page show of a share. */
    static void addShare(JsonNode share, Map<String, Object> row) {
        JsonNode listing = share.path("listing");
        row.put("title", listing.path("title").asText());
        row.put("day", Times.day(share.path("shared_at")));
        row.put(
                "price",
                listing.path("price_usd").isNumber()
                        ? "$" + listing.path("price_usd").asText()
                        : "");
        row.put("parts", parts(listing));
        row.put("state", state(share));
    }

    private static String parts(JsonNode listing) {
        String ram = listing.path("ram_gb").isNumber() ? listing.path("ram_gb").asText() + " GB RAM" : "";
        String storage = listing.path("primary_storage_gb").isNumber()
                ? listing.path("primary_storage_gb").asText() + " GB storage"
                : "";
        return Stream.of(listing.at("/cpu/name").asText(""), ram, storage)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static String state(JsonNode share) {
        if (share.path("is_imported").asBoolean()) {
            return "imported";
        }
        if (share.path("is_expired").asBoolean()) {
            return "expired";
        }
        return share.path("is_viewed").asBoolean() ? "" : "new";
    }

    private Map<String, String> collections(Request request) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("", "My Deals");
        api.get(request, "/api/v1/collections?limit=100&count=none")
                .json()
                .forEach(collection -> choices.put(
                        collection.path("id").asText(), collection.path("name").asText()));
        return choices;
    }

    private Response importShare(Request request, Form form) {
        try {
            Map<String, Object> input = new HashMap<>();
            form.find("collection_id").ifPresent(id -> input.put("collection_id", Numbers.integer(id)));
            JsonNode item = api.post(request, share(request) + "/import", input).json();
            return Pages.redirect(Notice.IMPORTED.on(
                    "/collections/" + item.path("collection_id").asText()));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(request, page(request, new Fields(form, errors)).withStatus(errors.status()));
        }
    }

    private Response delete(Request request, Form form) {
        api.delete(request, share(request));
        return Pages.redirect(Notice.DELETED.on("/inbox"));
    }
}
