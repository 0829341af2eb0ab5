import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dealbrain.client.ApiClient;
import dealbrain.client.ApiException;
import dealbrain.client.ApiResponse;
import dealbrain.client.api.AccountsApi;
import dealbrain.client.api.CatalogApi;
import dealbrain.client.api.CollectionsApi;
import dealbrain.client.api.FilesApi;
import dealbrain.client.api.ItemsApi;
import dealbrain.client.api.LinksApi;
import dealbrain.client.api.ListingsApi;
import dealbrain.client.api.NotificationsApi;
import dealbrain.client.api.PublicApi;
import dealbrain.client.api.SharedApi;
import dealbrain.client.api.UserSharesApi;
import dealbrain.client.model.CollectionFile;
import dealbrain.client.model.CollectionInput;
import dealbrain.client.model.CollectionPatch;
import dealbrain.client.model.CollectionShare;
import dealbrain.client.model.Condition;
import dealbrain.client.model.CountMode;
import dealbrain.client.model.DealCollection;
import dealbrain.client.model.DiscoverOrder;
import dealbrain.client.model.ExportFormat;
import dealbrain.client.model.ImportReport;
import dealbrain.client.model.ItemInput;
import dealbrain.client.model.ItemPatch;
import dealbrain.client.model.ItemStatus;
import dealbrain.client.model.Listing;
import dealbrain.client.model.ListingInput;
import dealbrain.client.model.ListingInputRamSpec;
import dealbrain.client.model.ListingOrder;
import dealbrain.client.model.ListingPatch;
import dealbrain.client.model.ListingShare;
import dealbrain.client.model.ShareInput;
import dealbrain.client.model.SignIn;
import dealbrain.client.model.SignUp;
import dealbrain.client.model.UserShareImport;
import dealbrain.client.model.UserShareInput;
import dealbrain.client.model.Visibility;
import dealbrain.client.model.VisibilityPatch;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * The first steps of the README with the generated Java client, against a running server with the demo data. Exits with
 * an error at the first difference. The argument is the address of the server.
 */
public final class Walkthrough {
    private static final String PASSWORD = "correct horse battery";
    private static final ShareInput THIRTY_DAYS = new ShareInput().expiresInDays(30);

    /** A call of the client. */
    private interface Call {
        void run() throws ApiException;
    }

    private final String server;
    private final ApiClient ada;
    private final ApiClient bob;
    private final CollectionsApi collections;

    private Walkthrough(String server) throws ApiException {
        this.server = server;
        this.ada = signedUp("ada");
        this.bob = signedUp("bob");
        this.collections = new CollectionsApi(ada);
    }

    public static void main(String[] arguments) throws ApiException {
        Walkthrough walkthrough = new Walkthrough(arguments[0]);
        Listing listing = walkthrough.listing();
        DealCollection collection = walkthrough.collection(listing);
        walkthrough.links(listing, collection);
        walkthrough.conditionalChange(collection);
        walkthrough.shareWithBob(listing);
        walkthrough.files(collection);
        walkthrough.errors();
        System.out.println("the Java client did the first steps of the README");
    }

    private ApiClient client() {
        ApiClient client = new ApiClient();
        client.updateBaseUri(server);
        return client;
    }

    private ApiClient signedUp(String name) throws ApiException {
        AccountsApi accounts = new AccountsApi(client());
        accounts.createUser(new SignUp().username(name).password(PASSWORD));
        String token = accounts
                .createToken(new SignIn().username(name).password(PASSWORD))
                .getToken();
        ApiClient client = client();
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        require(name, new AccountsApi(client).getCurrentUser(null).getUsername());
        return client;
    }

    private Listing listing() throws ApiException {
        Long cpu = new CatalogApi(ada).listCpus("12700", null, null, null, null, null).getFirst().getId();
        ListingsApi listings = new ListingsApi(ada);
        Listing created = listings.createListing(new ListingInput()
                .title("ThinkStation P360 Tiny")
                .priceUsd(new BigDecimal("389.00"))
                .condition(Condition.REFURB)
                .cpu("i7-12700")
                .ramSpec(new ListingInputRamSpec("2x16GB DDR5-4800")));
        Listing read = listings.getListing(created.getId(), null);
        require(created, read);
        require(cpu, Objects.requireNonNull(read.getCpu()).getId());
        require(32, Objects.requireNonNull(read.getRamSpec()).getTotalCapacityGb());
        boolean found = listings
                .listListings(
                        "thinkstation",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ListingOrder.PRICE_USD,
                        100,
                        null,
                        null,
                        CountMode.NONE,
                        null)
                .stream()
                .anyMatch(each -> created.getId().equals(each.getId())); // without its valuation and score
        require(true, found);
        return created;
    }

    private DealCollection collection(Listing listing) throws ApiException {
        DealCollection created = collections.createCollection(new CollectionInput().name("Next server"));
        require(Visibility.PRIVATE, created.getVisibility());
        ItemsApi items = new ItemsApi(ada);
        Long item = items.addItem(created.getId(), new ItemInput().listingId(listing.getId()))
                .getId();
        ItemPatch patch = new ItemPatch().status(ItemStatus.SHORTLISTED).notes("ask for the charger");
        require(
                ItemStatus.SHORTLISTED,
                items.updateItem(created.getId(), item, patch, null).getStatus());
        String tag = tag(read(created, null));
        requireStatus(304, () -> read(created, tag));
        new ListingsApi(ada)
                .updateListing(listing.getId(), new ListingPatch().priceUsd(new BigDecimal("359.50")), null);
        require(200, read(created, tag).getStatusCode());
        return created;
    }

    private ApiResponse<DealCollection> read(DealCollection collection, String tag) throws ApiException {
        return collections.getCollectionWithHttpInfo(collection.getId(), null, null, null, tag);
    }

    private static String tag(ApiResponse<?> response) {
        return response.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("ETag"))
                .map(header -> header.getValue().getFirst())
                .findFirst()
                .orElseThrow();
    }

    private void links(Listing listing, DealCollection collection) throws ApiException {
        SharedApi shared = new SharedApi(client());
        ListingShare link = new LinksApi(ada).createListingShare(listing.getId(), THIRTY_DAYS);
        require(
                new BigDecimal("359.50"),
                shared.getDeal(listing.getId(), link.getShareToken(), null)
                        .getListing()
                        .getPriceUsd());
        new ListingsApi(ada)
                .updateListing(listing.getId(), new ListingPatch().priceUsd(new BigDecimal("329.00")), null);
        require(
                new BigDecimal("329.00"),
                shared.getDeal(listing.getId(), link.getShareToken(), null)
                        .getListing()
                        .getPriceUsd());

        setVisibility(collection, Visibility.UNLISTED);
        CollectionShare open = new LinksApi(ada).createCollectionShare(collection.getId(), THIRTY_DAYS);
        collections.updateCollection(collection.getId(), new CollectionPatch().name("My next server"), null);
        DealCollection renamed = read(collection, null).getData();
        require("My next server", renamed.getName());
        require(Visibility.UNLISTED, renamed.getVisibility()); // a patch of the name changes nothing else
        require(
                "My next server",
                shared.getSharedCollection(open.getShareToken(), null, null, null)
                        .getName());
        setVisibility(collection, Visibility.PRIVATE);
        requireStatus(404, () -> shared.getSharedCollection(open.getShareToken(), null, null, null));
    }

    private void setVisibility(DealCollection collection, Visibility visibility) throws ApiException {
        VisibilityPatch patch = new VisibilityPatch().visibility(visibility);
        require(
                visibility,
                collections
                        .updateCollectionVisibility(collection.getId(), patch, null)
                        .getVisibility());
    }

    /** Two clients read a collection, and both change it: the second one must get an error. */
    private void conditionalChange(DealCollection collection) throws ApiException {
        String tag = tag(read(collection, null));
        CollectionPatch first = new CollectionPatch().description("below 400 dollars");
        CollectionPatch second = new CollectionPatch().description("below 300 dollars");
        collections.updateCollection(collection.getId(), first, tag);
        ApiException stale =
                requireStatus(412, () -> collections.updateCollection(collection.getId(), second, tag));
        require("precondition-failed", problem(stale).path("code").asText());
        require("below 400 dollars", read(collection, null).getData().getDescription());
        collections.updateCollection(collection.getId(), second, tag(read(collection, null)));
        collections.updateCollection(collection.getId(), new CollectionPatch().description(null), null);
        require(null, read(collection, null).getData().getDescription()); // null removes
    }

    private void shareWithBob(Listing listing) throws ApiException {
        new UserSharesApi(ada)
                .createUserShare(new UserShareInput()
                        .recipientUsername("bob")
                        .listingId(listing.getId())
                        .message("For your rack?"));
        NotificationsApi ofBob = new NotificationsApi(bob);
        require(1L, ofBob.listNotifications(true, null, null, null, null, null, null).getTotal());
        UserSharesApi received = new UserSharesApi(bob);
        String token = received.listReceivedUserShares(null, null, null, null, null, null)
                .getFirst()
                .getShareToken();
        require(
                listing.getId(),
                received.importUserShare(token, new UserShareImport()).getListingId());
        NotificationsApi ofAda = new NotificationsApi(ada);
        require(1L, ofAda.listNotifications(null, null, null, null, null, CountMode.EXACT, null).getTotal());
    }

    private void files(DealCollection collection) throws ApiException {
        FilesApi files = new FilesApi(ada);
        CollectionFile file = files.exportCollection(collection.getId(), ExportFormat.JSON, null);
        require(1, file.getItems().size());
        ImportReport report = files.importCollection(file, true, null);
        require(1, report.getListingsMatched() + report.getListingsNew());
        require(201, files.importCollectionWithHttpInfo(file, false, null).getStatusCode());
        setVisibility(collection, Visibility.PUBLIC);
        require(
                1,
                new PublicApi(client())
                        .listPublicCollections(
                                "my next server", null, DiscoverOrder.POPULAR, null, null, null, null, null)
                        .size());
    }

    private void errors() {
        ListingInput invalid = new ListingInput().title("").priceUsd(BigDecimal.ONE.negate());
        ApiException problem = requireStatus(422, () -> new ListingsApi(ada).createListing(invalid));
        require(2, problem(problem).path("errors").size());
        ListingInput unknown = new ListingInput().title("A PC").cpu("i7-12701");
        ApiException asked = requireStatus(422, () -> new ListingsApi(ada).createListing(unknown));
        require(
                "Intel Core i7-12700",
                problem(asked).at("/errors/0/candidates/0/name").asText());
    }

    private static JsonNode problem(ApiException exception) {
        try {
            return new ObjectMapper().readTree(exception.getResponseBody());
        } catch (JsonProcessingException e) {
            throw new AssertionError(exception.getResponseBody(), e);
        }
    }

    private static ApiException requireStatus(int status, Call call) {
        try {
            call.run();
        } catch (ApiException e) {
            require(status, e.getCode());
            return e;
        }
        throw new AssertionError("no exception, expected the status " + status);
    }

    private static void require(Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError("expected " + expected + ", was " + found);
        }
    }
}
