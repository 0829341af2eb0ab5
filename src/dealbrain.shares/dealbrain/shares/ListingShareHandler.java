package dealbrain.shares;

import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.http.PageQuery;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.MergePatch;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** The endpoints with which users create, list, change and revoke their public links to listings. */
final class ListingShareHandler {
    /** The body that changes a link. The days count from now; 0 or null removes the expiry. */
    record ShareChange(@Nullable @Min(0) @Max(3650) Integer expiresInDays) {}

    private final ListingShareService shares;
    private final Authentication authentication;

    ListingShareHandler(ListingShareService shares, Authentication authentication) {
        this.shares = shares;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.post("/api/v1/listings/{id}/shares", this::create)
                .operation("createListingShare")
                .summary("Create a public link to a listing")
                .body(ShareInput.class)
                .creates(ListingShare.class);
        router.get("/api/v1/listings/{id}/shares", this::listOfListing)
                .operation("listSharesOfListing")
                .summary("List your links to a listing, newest first")
                .query(PageQuery.class)
                .returnsPageOf(ListingShare.class);
        router.get("/api/v1/listing-shares", this::list)
                .operation("listListingShares")
                .summary("List your links to listings, newest first")
                .query(PageQuery.class)
                .returnsPageOf(ListingShare.class);
        router.get("/api/v1/listing-shares/{id}", this::show)
                .operation("getListingShare")
                .summary("Get one of your links")
                .returns(ListingShare.class);
        router.patch("/api/v1/listing-shares/{id}", this::update)
                .operation("updateListingShare")
                .summary("Change the expiry of one of your links")
                .patch(ShareChange.class)
                .returns(ListingShare.class);
        router.delete("/api/v1/listing-shares/{id}", this::delete)
                .operation("deleteListingShare")
                .summary("Revoke one of your links, effective at once")
                .returnsNothing();
    }

    Response create(Request request) {
        ListingShare created =
                shares.create(authentication.user(request), request.pathLong("id"), request.body(ShareInput.class));
        return Response.created("/api/v1/listing-shares/" + created.id(), created);
    }

    Response listOfListing(Request request) {
        return Response.ok(
                shares.list(authentication.user(request), request.pathLong("id"), request.query(PageQuery.class)));
    }

    Response list(Request request) {
        return Response.ok(shares.list(authentication.user(request), request.query(PageQuery.class)));
    }

    Response show(Request request) {
        return Response.ok(shares.get(authentication.user(request), request.pathLong("id")));
    }

    Response update(Request request) {
        User user = authentication.user(request);
        long id = request.pathLong("id");
        MergePatch<ShareChange> patch = request.patch(ShareChange.class);
        ShareInput expiry = new ShareInput(patch.applyTo(new ShareChange(null)).expiresInDays());
        boolean changes = patch.contains("expires_in_days"); // null is a value: it removes the expiry
        return Response.ok(changes ? shares.setExpiry(user, id, expiry) : shares.get(user, id));
    }

    Response delete(Request request) {
        shares.delete(authentication.user(request), request.pathLong("id"));
        return Response.noContent();
    }
}
