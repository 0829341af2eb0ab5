package dealbrain.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the header {@code Link} of a page (RFC 8288). Its URIs have no host, so that they are valid behind any proxy.
 */
final class PageLinks {
    private PageLinks() {}

    static Optional<String> of(Request request, PagedList<?> list) {
        List<String> links = new ArrayList<>();
        if (!request.query().containsKey("cursor")) {
            addByOffset(request, list, links);
        }
        if (list.nextCursor() != null) {
            links.add(link(request, list.page().limit(), "cursor", list.nextCursor(), "next"));
        }
        return links.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", links));
    }

    /** Adds the first, the previous and the last page. The last one is known only by an exact total. */
    private static void addByOffset(Request request, PagedList<?> list, List<String> links) {
        int limit = list.page().limit();
        int offset = list.page().offset();
        links.add(byOffset(request, limit, 0, "first"));
        long last = lastOffset(list).orElse(Long.MAX_VALUE);
        if (offset > 0) {
            links.add(byOffset(request, limit, Math.min(last, Math.max(0, offset - limit)), "prev"));
        }
        if (last <= PagedQuery.MAX_OFFSET) {
            links.add(byOffset(request, limit, last, "last"));
        }
    }

    private static Optional<Long> lastOffset(PagedList<?> list) {
        int limit = list.page().limit();
        return Optional.ofNullable(list.total())
                .filter(Total::isExact)
                .map(total -> Math.max(0, (total.count() - 1) / limit * limit));
    }

    private static String byOffset(Request request, int limit, long offset, String relation) {
        return link(request, limit, "offset", Long.toString(offset), relation);
    }

    /** Returns a link to the URI of the request with another position, which is either an offset or a cursor. */
    private static String link(Request request, int limit, String parameter, String value, String relation) {
        Map<String, String> query = new LinkedHashMap<>();
        request.query().forEach((name, values) -> query.put(name, values.getFirst()));
        query.keySet().removeAll(List.of("cursor", "offset"));
        query.put("limit", Integer.toString(limit));
        query.put(parameter, value);
        StringBuilder link = new StringBuilder("<").append(request.publicPath());
        char separator = '?';
        for (Map.Entry<String, String> each : query.entrySet()) {
            link.append(separator).append(encode(each.getKey())).append('=').append(encode(each.getValue()));
            separator = '&';
        }
        return link.append(">; rel=\"").append(relation).append('"').toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
