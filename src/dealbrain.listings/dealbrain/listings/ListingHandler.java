package dealbrain.listings;

import dealbrain.accounts.Authentication;
import dealbrain.http.Access;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import java.util.List;

/** The endpoints under {@code /api/v1/listings}. */
public final class ListingHandler {
    private final ListingService listings;
    private final Authentication authentication;

    public ListingHandler(ListingService listings, Authentication authentication) {
        this.listings = listings;
        this.authentication = authentication;
    }

    public void routes(Router router) {
        router.get("/api/v1/listings", this::search)
                .summary("Find listings")
                .query(ListingQuery.class)
                .returnsPageOf(Listing.class);
        router.post("/api/v1/listings", this::create)
                .access(Access.WRITE)
                .summary("Add a listing")
                .body(ListingInput.class)
                .creates(Listing.class)
                .problems(ListingService.DUPLICATE_LISTING);
        router.post("/api/v1/listings/bulk", this::createAll)
                .access(Access.WRITE)
                .summary("Add up to 500 listings, all or none")
                .body(BulkInput.class)
                .creates(BulkResult.class)
                .problems(ListingService.DUPLICATE_LISTING);
        router.get("/api/v1/listings/{id}", this::show)
                .summary("A listing with all its parts")
                .returns(Listing.class);
        router.patch("/api/v1/listings/{id}", this::update)
                .access(Access.WRITE)
                .supportsIfMatch()
                .summary("Change a listing of mine")
                .patch(ListingInput.class)
                .returns(Listing.class)
                .problems(ListingService.DUPLICATE_LISTING);
        router.delete("/api/v1/listings/{id}", this::delete)
                .access(Access.WRITE)
                .supportsIfMatch()
                .summary("Delete a listing of mine")
                .returnsNothing();
    }

    Response search(Request request) {
        return Response.ok(listings.search(request.query(ListingQuery.class)));
    }

    Response create(Request request) {
        Listing made = listings.create(authentication.user(request), request.body(ListingInput.class));
        return Response.created("/api/v1/listings/" + made.id(), made);
    }

    Response createAll(Request request) {
        List<Long> ids = listings.createAll(
                authentication.user(request), request.body(BulkInput.class).listings());
        return Response.created("/api/v1/listings", new BulkResult(ids.size(), ids));
    }

    Response show(Request request) {
        return Response.ok(listings.get(request.pathLong("id")));
    }

    Response update(Request request) {
        return Response.ok(listings.update(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                request.patch(ListingInput.class)::applyTo));
    }

    Response delete(Request request) {
        listings.delete(authentication.user(request), request.pathLong("id"), request.ifMatch());
        return Response.noContent();
    }
}
