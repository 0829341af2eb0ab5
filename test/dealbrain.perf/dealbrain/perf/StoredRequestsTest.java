package dealbrain.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredRequestsTest {
    private static final List<StoredRequest> REQUESTS = StoredRequests.all(Map.of(
            "/api/v1/listings", List.of("-created_at", "price_usd"),
            "/api/v1/collections/discover", List.of("recent", "popular")));

    private static List<StoredRequest> withPath(String path) {
        return REQUESTS.stream()
                .filter(request -> request.paths().contains(path))
                .toList();
    }

    @Test
    void requestsTheFirstAndAFollowingPageOfEachFilterInEachOrder() {
        for (String order : List.of("-created_at", "price_usd")) {
            for (String filter :
                    List.of("", "&status=archived", "&cpu_id=1", "&q=pc", "&min_price=299&max_price=301")) {
                List<StoredRequest> pages = withPath("/api/v1/listings?sort=" + order + filter);

                assertEquals(
                        List.of(false, true),
                        pages.stream().map(StoredRequest::following).toList(),
                        order + filter);
            }
        }
    }

    @Test
    void requestsEachPairOfFiltersInEachOrder() {
        for (String order : List.of("-created_at", "price_usd")) {
            assertEquals(
                    1,
                    withPath("/api/v1/listings?q=rackmount&status=archived&sort=" + order)
                            .size());
            assertEquals(
                    1,
                    withPath("/api/v1/listings?cpu_id=1&gpu_id=1&sort=" + order).size());
        }
    }

    @Test
    void requestsEachSharedListingOnce() {
        List<String> paths = REQUESTS.getLast().paths();

        assertEquals(paths.size(), paths.stream().distinct().count());
        assertTrue(paths.getFirst().startsWith("/api/v1/deals/1/share_"), paths.getFirst());
    }
}
