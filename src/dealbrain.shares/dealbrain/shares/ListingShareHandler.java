package dealbrain.shares;

import dealbrain.accounts.Authentication;
import dealbrain.http.Access;
import dealbrain.http.PageQuery;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoints by which users make and revoke public links to listings. */
public final class ListingShareHandler {
    private final ListingShareService shares;
    private final Authentication authentication;

    public ListingShareHandler(ListingShareService shares, Authentication authentication) {
        this.shares = shares;
        this.authentication = authentication;
    }

    public void routes(Router router) {
        router.post("/api/v1/listings/{id}/shares", this::create)
                .access(Access.WRITE)
                .summary("Make a public link to a listing")
                .body(ShareInput.class)
                .creates(ListingShare.class);
        router.get("/api/v1/listings/{id}/shares", this::ofListing)
                .summary("My links to a listing, newest first")
                .query(PageQuery.class)
                .returnsPageOf(ListingShare.class);
        router.get("/api/v1/listing-shares", this::mine)
                .summary("My links to listings, newest first")
                .query(PageQuery.class)
                .returnsPageOf(ListingShare.class);
        router.get("/api/v1/listing-shares/{id}", this::show)
                .summary("A link of mine")
                .returns(ListingShare.class);
        router.patch("/api/v1/listing-shares/{id}", this::update)
                .access(Access.WRITE)
                .summary("Give a link of mine another expiry")
                .patch(ShareChange.class)
                .returns(ListingShare.class);
        router.delete("/api/v1/listing-shares/{id}", this::delete)
                .access(Access.WRITE)
                .summary("Revoke a link of mine, at once")
                .returnsNothing();
    }

    Response create(Request request) {
        ListingShare made =
                shares.create(authentication.user(request), request.pathLong("id"), request.body(ShareInput.class));
        return Response.created("/api/v1/listing-shares/" + made.id(), made);
    }

    Response ofListing(Request request) {
        return Response.ok(shares.ofListing(
                authentication.user(request),
                request.pathLong("id"),
                request.query(PageQuery.class).page()));
    }

    Response mine(Request request) {
        return Response.ok(shares.mine(
                authentication.user(request), request.query(PageQuery.class).page()));
    }

    Response show(Request request) {
        return Response.ok(shares.get(authentication.user(request), request.pathLong("id")));
    }

    Response update(Request request) {
        return Response.ok(
                shares.update(authentication.user(request), request.pathLong("id"), request.patch(ShareChange.class)));
    }

    Response delete(Request request) {
        shares.delete(authentication.user(request), request.pathLong("id"));
        return Response.noContent();
    }
}
