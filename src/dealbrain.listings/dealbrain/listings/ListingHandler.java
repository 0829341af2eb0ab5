package dealbrain.listings;

import dealbrain.accounts.Authentication;
import dealbrain.http.Access;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The endpoints under {@code /api/v1/listings}. */
final class ListingHandler {
    /** Listings to create, all or none. */
    record BulkInput(@Size(min = 1, max = 500) List<ListingInput> listings) {
        BulkInput {
            listings = List.copyOf(listings);
        }
    }

    /** The created listings, in the order of the inputs. */
    record BulkResult(int created, List<Long> ids) {}

    private final Listings listings;
    private final Authentication authentication;

    ListingHandler(Listings listings, Authentication authentication) {
        this.listings = listings;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.get("/api/v1/listings", this::search)
                .summary("List listings")
                .query(ListingQuery.class)
                .returnsPageOf(Listing.class);
        router.post("/api/v1/listings", this::create)
                .access(Access.WRITE)
                .summary("Create a listing")
                .body(ListingInput.class)
                .creates(Listing.class)
                .problems(Listings.DUPLICATE_LISTING);
        router.post("/api/v1/listings/bulk", this::createAll)
                .access(Access.WRITE)
                .summary("Create up to 500 listings, all or none")
                .body(BulkInput.class)
                .creates(BulkResult.class)
                .problems(Listings.DUPLICATE_LISTING);
        router.get("/api/v1/listings/{id}", this::show)
                .summary("Get a listing with all its parts")
                .returns(Listing.class);
        router.patch("/api/v1/listings/{id}", this::update)
                .access(Access.WRITE)
                .supportsIfMatch()
                .summary("Change one of your listings")
                .patch(ListingInput.class)
                .returns(Listing.class)
                .problems(Listings.DUPLICATE_LISTING);
        router.delete("/api/v1/listings/{id}", this::delete)
                .access(Access.WRITE)
                .supportsIfMatch()
                .summary("Delete one of your listings")
                .returnsNothing();
    }

    private Response search(Request request) {
        return Response.ok(listings.search(request.query(ListingQuery.class)));
    }

    private Response create(Request request) {
        Listing created = listings.create(authentication.user(request), request.body(ListingInput.class));
        return Response.created("/api/v1/listings/" + created.id(), created);
    }

    private Response createAll(Request request) {
        BulkInput input = request.body(BulkInput.class);
        List<Long> ids = listings.createAll(authentication.user(request), input.listings());
        return Response.created("/api/v1/listings", new BulkResult(ids.size(), ids));
    }

    private Response show(Request request) {
        return Response.ok(listings.get(request.pathLong("id")));
    }

    private Response update(Request request) {
        return Response.ok(listings.update(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                request.patch(ListingInput.class)::applyTo));
    }

    private Response delete(Request request) {
        listings.delete(authentication.user(request), request.pathLong("id"), request.ifMatch());
        return Response.noContent();
    }
}
