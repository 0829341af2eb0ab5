package dealbrain.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dealbrain.collections.BestDeals;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealColumn;
import dealbrain.collections.DealTable;
import dealbrain.collections.DealTable.Deal;
import dealbrain.collections.TableView;
import dealbrain.collections.Visibility;
import dealbrain.http.ApiResult;
import dealbrain.http.CachedBody;
import dealbrain.http.Form;
import dealbrain.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the page of a collection: its filter, and the table of its deals. The page follows from the JSON of the
 * collection, the parameters of the page, and what is around the table for a session. So it is cached by the entity tag
 * of the JSON, which the API validates for each request, and by the other two: it is never older than the JSON, and no
 * session gets the page of another one. A cached page is compressed once, as the JSON is. Thread-safe.
 */
final class Workspace {
    /** The deals of one page of the workspace. */
    static final int PAGE = 200;

    private static final int MAX_PAGE_BYTES = 8_000_000;
    private static final int MAX_ITEMS = 5000;
    private static final Duration MAX_UNUSED = Duration.ofMinutes(10);
    private static final Map<String, String> STATES = new LinkedHashMap<>();

    static {
        STATES.put("", "All");
        STATES.put(DealFilter.OPEN, "Not rejected");
        STATES.put("shortlisted", "Shortlisted");
        STATES.put("undecided", "Undecided");
        STATES.put("bought", "Bought");
        STATES.put("rejected", "Rejected");
    }

    /** A collection with its items, by the API, as it was with an entity tag. */
    private record Version(long id, String tag) {}

    /** What a page depends on. */
    private record Key(Version version, boolean isOwner, String query, Map<String, Object> frame) {}

    /** The collections, because reading their JSON takes longer than making a page of them. */
    private final Cache<Version, DealCollection> collections = Caffeine.newBuilder()
            .maximumWeight(MAX_ITEMS)
            .weigher((Version _, DealCollection collection) ->
                    1 + Objects.requireNonNull(collection.items()).size())
            .expireAfterAccess(MAX_UNUSED)
            .build();

    private final Cache<Key, CachedBody> pages = Caffeine.newBuilder()
            .maximumWeight(MAX_PAGE_BYTES)
            .weigher((Key _, CachedBody page) -> page.size())
            .expireAfterAccess(MAX_UNUSED)
            .build();

    /** Returns the collection in a result of the API, with its items. */
    DealCollection collection(long id, ApiResult result) {
        return collections.get(new Version(id, result.tag()), _ -> result.value(DealCollection.class));
    }

    /**
     * Returns the page.
     *
     * @param result a collection with its items, by the API
     * @param frame  what is around the content, with {@code owner_name}
     */
    CachedBody page(long id, ApiResult result, boolean isOwner, Map<String, Object> frame, Form parameters) {
        TableView view = view(parameters);
        DealFilter filter = new DealFilter(parameters);
        int page = page(parameters);
        String query = joined(filter.query(), view.query(), page == 0 ? "" : "page=" + page);
        Key key = new Key(new Version(id, result.tag()), isOwner, query, Map.copyOf(frame));
        return pages.get(key, _ -> {
            DealCollection collection = collection(id, result);
            Map<String, Object> model = new HashMap<>(frame);
            model.put("is_owner", isOwner);
            model.putAll(head(collection));
            model.put("table", new Rendering(collection, view, filter, page, key).html());
            byte[] html = Templates.render("workspace", model).getBytes(StandardCharsets.UTF_8);
            return CachedBody.strong(html, Response.HTML, CachedBody.tagOf(html));
        });
    }

    private static TableView view(Form parameters) {
        DealColumn sort = Arrays.stream(DealColumn.values())
                .filter(column -> column.parameter().equals(parameters.text("sort")))
                .findFirst()
                .orElse(null);
        return new TableView(
                sort,
                parameters.find("reverse").isPresent(),
                parameters.find("differences").isPresent());
    }

    private static int page(Form parameters) {
        String page = parameters.text("page");
        return page.matches("[1-9]\\d{0,3}") ? Integer.parseInt(page) : 0;
    }

    private static String joined(String... queries) {
        return Stream.of(queries).filter(query -> !query.isEmpty()).collect(Collectors.joining("&"));
    }

    private static Map<String, Object> head(DealCollection collection) {
        Map<String, Object> head = new HashMap<>();
        head.put("id", collection.id());
        head.put("name", collection.name());
        head.put("description", collection.description());
        head.put("visibility", Texts.name(collection.visibility()));
        head.put("deals", Texts.count(collection.itemCount(), "deal"));
        head.put("is_private", collection.visibility() == Visibility.PRIVATE);
        return head;
    }

    /** One rendering of the content. */
    private record Rendering(DealCollection collection, TableView view, DealFilter filter, int page, Key key) {
        String html() {
            List<CollectionItem> all = Objects.requireNonNull(collection.items(), "the query selects items");
            Map<Long, CollectionItem> items = new HashMap<>();
            all.forEach(item -> items.put(item.id(), item));
            BestDeals best = BestDeals.of(all);
            List<Deal> matching = all.stream()
                    .filter(filter::matches)
                    .map(item -> new Deal(item.id(), item.listing()))
                    .toList();
            DealTable table = new DealTable(matching, best, view, DealColumn.FORM_FACTOR);
            List<Deal> shown =
                    table.deals().stream().skip((long) page * PAGE).limit(PAGE).toList();
            Map<String, Object> model = model(table, matching.size(), shown.size());
            boolean canMove = key.isOwner() && view.sort() == null && !filter.isSet();
            model.put("first", canMove ? String.valueOf(page * PAGE) : "");
            DealRow row = new DealRow(key.isOwner(), canMove ? all.size() : 0);
            model.put(
                    "rows",
                    shown.stream()
                            .map(deal -> row.of(Objects.requireNonNull(items.get(deal.itemId())), table.cells(deal)))
                            .toList());
            model.put("forms", forms(all));
            return Templates.render("workspace-table", model);
        }

        private Map<String, Object> model(DealTable table, int matching, int shown) {
            UnaryOperator<String> link = query -> "?" + joined(filter.query(), query);
            Map<String, Object> model = new HashMap<>();
            model.put("base", key.frame().get("base"));
            model.put("id", collection.id());
            model.put("is_owner", key.isOwner());
            model.put("query", key.query());
            model.put("heads", table.heads(link));
            model.put("equal", table.equal());
            model.put("differences", view.differences());
            model.put(
                    "differences_link",
                    link.apply(view.withDifferences(!view.differences()).query()));
            model.put("is_empty", collection.itemCount() == 0);
            model.put("filtered", filter.isSet());
            model.put("reverse", view.reverse());
            model.put(
                    "matching", filter.isSet() ? Texts.count(matching, "deal") + " of " + collection.itemCount() : "");
            model.put("beyond", collection.itemCount() > WorkspacePage.MAX ? WorkspacePage.MAX : "");
            model.put(
                    "previous",
                    page == 0 ? "" : link.apply(joined(view.query(), page > 1 ? "page=" + (page - 1) : "")));
            boolean hasMore = matching > page * PAGE + shown;
            model.put("next", hasMore ? link.apply(joined(view.query(), "page=" + (page + 1))) : "");
            for (String name : List.of("min", "max", "cpu", "ram")) {
                model.put(name, filter.parameters().text(name));
            }
            model.put("states", choices(STATES, filter.parameters().text("status")));
            model.put(
                    "sorts",
                    choices(sorts(), view.sort() == null ? "" : view.sort().parameter()));
            return model;
        }

        /** Returns the choices of the form factors that the collection has. */
        private List<Fields.Choice> forms(List<CollectionItem> all) {
            Map<String, String> forms = new LinkedHashMap<>();
            forms.put("", "All");
            all.stream()
                    .map(item -> item.listing().formFactor())
                    .filter(Objects::nonNull)
                    .distinct()
                    .sorted()
                    .forEach(form -> forms.put(form, form));
            return choices(forms, filter.parameters().text("form"));
        }

        private static Map<String, String> sorts() {
            Map<String, String> sorts = new LinkedHashMap<>();
            sorts.put("", "My order");
            sorts.putAll(Arrays.stream(DealColumn.values())
                    .collect(Collectors.toMap(
                            DealColumn::parameter, DealColumn::label, (first, _) -> first, LinkedHashMap::new)));
            return sorts;
        }

        private static List<Fields.Choice> choices(Map<String, String> labels, String chosen) {
            List<Fields.Choice> choices = new ArrayList<>();
            labels.forEach((value, label) -> choices.add(new Fields.Choice(value, label, value.equals(chosen))));
            return choices;
        }
    }
}
