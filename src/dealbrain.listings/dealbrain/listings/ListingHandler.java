package dealbrain.listings;

import dealbrain.accounts.Authentication;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.MergePatch;
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

    private static final String BY_SOURCE = "/api/v1/listings/by-source/{marketplace}/{vendor_item_id}";

    /** The created listings, in the order of the inputs. */
    record BulkResult(int created, List<Long> ids) {}

    private final Listings listings;
    private final OwnListings own;
    private final Authentication authentication;

    ListingHandler(Listings listings, OwnListings own, Authentication authentication) {
        this.listings = listings;
        this.own = own;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.get("/api/v1/listings", this::search)
                .operation("listListings")
                .summary("List listings")
                .query(ListingQuery.class)
                .returnsPageOf(Listing.class);
        router.post("/api/v1/listings", this::create)
                .operation("createListing")
                .summary("Create a listing")
                .body(ListingInput.class)
                .creates(Listing.class)
                .problems(Listings.DUPLICATE_LISTING);
        router.post("/api/v1/listings/bulk", this::createAll)
                .operation("createListings")
                .summary("Create up to 500 listings, all or none")
                .body(BulkInput.class)
                .creates(BulkResult.class)
                .problems(Listings.DUPLICATE_LISTING);
        router.get(BY_SOURCE, this::showBySource)
                .texts("vendor_item_id")
                .operation("getListingBySource")
                .summary("Get your listing with this number of its marketplace")
                .returns(Listing.class);
        router.put(BY_SOURCE, this::put)
                .texts("vendor_item_id")
                .supportsIfMatch()
                .operation("putListingBySource")
                .summary("Create or replace your listing with this number of its marketplace")
                .body(ListingInput.class)
                .creates(Listing.class)
                .returns(200, "Replaced", Listing.class)
                .problems(Listings.DUPLICATE_LISTING);
        router.get("/api/v1/listings/{id}", this::show)
                .operation("getListing")
                .summary("Get a listing with all its parts")
                .returns(Listing.class);
        router.patch("/api/v1/listings/{id}", this::update)
                .supportsIfMatch()
                .operation("updateListing")
                .summary("Change one of your listings")
                .patch(ListingInput.class)
                .returns(Listing.class)
                .problems(Listings.DUPLICATE_LISTING);
        router.delete("/api/v1/listings/{id}", this::delete)
                .supportsIfMatch()
                .operation("deleteListing")
                .summary("Delete one of your listings")
                .returnsNothing();
    }

    private Response search(Request request) {
        return Response.ok(listings.search(authentication.user(request), request.query(ListingQuery.class)));
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

    private Response showBySource(Request request) {
        return Response.ok(own.get(authentication.user(request), source(request)));
    }

    private Response put(Request request) {
        OwnListings.Stored stored = own.put(
                authentication.user(request),
                source(request),
                request.header("If-Match").map(_ -> request.ifMatch()),
                request.body(ListingInput.class));
        Listing listing = stored.listing();
        return stored.isNew() ? Response.created("/api/v1/listings/" + listing.id(), listing) : Response.ok(listing);
    }

    private static ListingSource source(Request request) {
        return ListingSource.of(request.pathText("marketplace"), request.pathText("vendor_item_id"));
    }

    private Response show(Request request) {
        return Response.ok(listings.get(authentication.user(request), request.pathLong("id")));
    }

    private Response update(Request request) {
        MergePatch<ListingInput> patch = request.patch(ListingInput.class);
        return Response.ok(listings.update(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                stored -> patch.applyTo(ListingParts.withoutNamed(stored, patch::contains))));
    }

    private Response delete(Request request) {
        listings.delete(authentication.user(request), request.pathLong("id"), request.ifMatch());
        return Response.noContent();
    }
}
