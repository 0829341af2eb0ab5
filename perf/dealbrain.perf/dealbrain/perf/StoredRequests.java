package dealbrain.perf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** All requests of {@link StoredBenchmark}. The frequencies of words and parts are those of {@code stored.sql}. */
final class StoredRequests {
    private static final String LISTINGS = "/api/v1/listings";
    private static final String DISCOVER = "/api/v1/collections/discover";

    private static final List<String> WORDS = List.of(
            "pc", // all titles
            "windows", // a half
            "wifi", // a quarter
            "bluetooth", // an eighth
            "fanless", // 1 in 100
            "rackmount", // 1 in 1,000
            "prototype", // 1 in 100,000
            "unobtainium", // one
            "nowhere", // none
            "ddr3", // the oldest tenth
            "defective", // those below 60 dollars
            "opti", // OptiPlex
            "i", // i3 to i9, Intel and others
            "12500t"); // a CPU

    private static final List<String> FILTERS = List.of(
            "",
            "status=active",
            "status=archived",
            "status=pending",
            "condition=new",
            "condition=refurb",
            "condition=used",
            "cpu_id=1", // 5 %
            "cpu_id=200", // 0.1 %
            "cpu_id=397", // 100 listings
            "cpu_id=399", // one
            "gpu_id=1", // 5 %
            "gpu_id=50", // 0.2 %
            "min_price=100&max_price=1000",
            "min_price=299&max_price=301",
            "min_price=4000",
            "max_price=20");

    /** A common and a rare value of each filter, for pairs. */
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("q", List.of("q=windows", "q=rackmount"));
        VALUES.put("status", List.of("status=active", "status=archived"));
        VALUES.put("condition", List.of("condition=used", "condition=new"));
        VALUES.put("cpu_id", List.of("cpu_id=1", "cpu_id=397"));
        VALUES.put("gpu_id", List.of("gpu_id=1", "gpu_id=50"));
        VALUES.put("prices", List.of("min_price=100&max_price=1000", "min_price=299&max_price=301"));
    }

    private static final List<String> TOTALS =
            List.of("count=exact", "count=exact&q=windows", "count=exact&status=active", "offset=10000");

    private static final List<String> COLLECTION_WORDS =
            List.of("pcs", "homelab", "quiet", "fanless", "rackmount", "unobtainium");

    /** The lists of user 1, and the others. */
    private static final List<String> OTHERS = List.of(
            "/collections",
            "/collections?q=pcs",
            "/collections?visibility=public",
            "/collections/1?limit=20",
            "/collections/1/items?limit=20",
            "/collections/1/items?limit=20&sort=-price_usd",
            "/listings/1",
            "/listings/1/shares",
            "/listing-shares",
            "/user-shares",
            "/notifications",
            "/users?q=user",
            "/catalog/cpus",
            "/catalog/cpus?q=ryzen",
            "/catalog/cpus?q=12500t",
            "/catalog/gpus?q=rtx",
            "/catalog/ram-specs?q=ddr4",
            "/catalog/storage-profiles?q=nvme");

    /** Enough that no shared listing is requested twice, as then it would come from the cache. */
    private static final int SHARED_LISTINGS = 900;

    private final Map<String, List<String>> orders;
    private final List<StoredRequest> requests = new ArrayList<>();

    private StoredRequests(Map<String, List<String>> orders) {
        this.orders = orders;
    }

    /** @param orders the values of {@code sort}, by the path of the list */
    static List<StoredRequest> all(Map<String, List<String>> orders) {
        StoredRequests all = new StoredRequests(orders);
        all.listings();
        all.pairs();
        all.totals();
        all.discover();
        all.others();
        return all.requests;
    }

    private void listings() {
        for (String filter : FILTERS) {
            addOrders("listings, at most one filter", LISTINGS, filter, StoredGoal.PAGE);
        }
        for (String word : WORDS) {
            addOrders("listings, words", LISTINGS, "q=" + word, StoredGoal.WORDS);
        }
    }

    private void pairs() {
        List<String> names = List.copyOf(VALUES.keySet());
        for (int left = 0; left < names.size(); left++) {
            for (int right = left + 1; right < names.size(); right++) {
                String subject = names.get(left) + " and " + names.get(right);
                for (String first : Objects.requireNonNull(VALUES.get(names.get(left)))) {
                    Objects.requireNonNull(VALUES.get(names.get(right)))
                            .forEach(second -> addPair(subject, first + "&" + second));
                }
            }
        }
        addPair("two words", "q=windows%20wifi");
        addPair("two words", "q=rackmount%20pc");
    }

    private void addPair(String subject, String filters) {
        for (String order : orders(LISTINGS)) {
            String query = filters + "&sort=" + order;
            requests.add(new StoredRequest(
                    "listings, two filters", subject, query, List.of(LISTINGS + "?" + query), false, StoredGoal.PAIR));
        }
    }

    private void totals() {
        for (String query : TOTALS) {
            requests.add(new StoredRequest(
                    "listings, exact totals and offsets", query, LISTINGS + "?" + query, StoredGoal.NONE));
        }
    }

    private void discover() {
        addOrders("public collections", DISCOVER, "", StoredGoal.PAGE);
        addOrders("public collections", DISCOVER, "owner_id=1", StoredGoal.PAGE);
        for (String word : COLLECTION_WORDS) {
            addOrders("public collections", DISCOVER, "q=" + word, StoredGoal.WORDS);
        }
    }

    private void others() {
        for (String path : OTHERS) {
            addPages(new StoredRequest("other lists", path, "/api/v1" + path, StoredGoal.PAGE));
        }
        List<String> deals = IntStream.range(0, SHARED_LISTINGS)
                .map(number -> 1 + 10 * number)
                .mapToObj(id -> "/api/v1/deals/" + id + "/" + DataSet.shareToken(id))
                .toList();
        requests.add(new StoredRequest(
                "a shared listing, not cached", "/deals/{id}/{token}", "", deals, false, StoredGoal.PAGE));
    }

    /** Adds the first and a following page of a list in each of its orders. */
    private void addOrders(String kind, String list, String filter, StoredGoal goal) {
        for (String order : orders(list)) {
            String path = list + "?sort=" + order + (filter.isEmpty() ? "" : "&" + filter);
            String subject = list.equals(DISCOVER) ? "discover " + filter : filter;
            addPages(new StoredRequest(
                    kind,
                    subject.isEmpty() ? "no filter" : subject.strip(),
                    "sort=" + order,
                    List.of(path),
                    false,
                    goal));
        }
    }

    private void addPages(StoredRequest first) {
        requests.add(first);
        requests.add(first.followingPage());
    }

    private List<String> orders(String list) {
        return Objects.requireNonNull(orders.get(list), () -> list + " has no orders");
    }
}
