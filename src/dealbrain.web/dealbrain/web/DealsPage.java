package dealbrain.web;

import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Total;
import dealbrain.listings.DealText;
import dealbrain.listings.Listing;
import dealbrain.listings.VerdictText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of the deals of a person or of all people on the server: search, filters, order, and next page. */
final class DealsPage {
    private static final String PATH = "/deals";
    private static final String LISTINGS = "/api/v1/listings";
    private static final String ALL = "all";

    /** The parameters that are those of the API. */
    private static final List<String> FILTERS =
            List.of("q", "status", "condition", "min_price", "max_price", "cpu_id", "sort");

    private static final Map<String, String> ORDERS = DealForm.ordered(
            "-created_at", "Newest first",
            "price_usd", "Price, lowest first",
            "-price_usd", "Price, highest first",
            "adjusted_price_usd", "Machine alone, lowest first",
            "-adjusted_price_usd", "Machine alone, highest first",
            "-score_composite", "Score, best first",
            "dollar_per_cpu_mark_multi", "Price per CPU mark",
            "dollar_per_cpu_mark_single", "Price per single-thread mark");

    private final ApiCalls api;
    private final PageFrame frame;
    private final CollectionChooser collections;

    DealsPage(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
        this.collections = new CollectionChooser(api);
    }

    void routes(Pages pages) {
        pages.get(PATH, this::show);
        pages.post(PATH + "/collect", this::collect);
    }

    private Response show(Request request) {
        Form typed = request.parameters();
        Map<String, Object> model = new HashMap<>();
        int status = 200;
        FormErrors errors = FormErrors.NONE;
        try {
            list(request, typed, model);
        } catch (ProblemException e) {
            errors = FormErrors.of(e);
            status = errors.status();
            model.putAll(Map.of("rows", List.of(), "next", "", "count", "", "cpu", ""));
        }
        Fields fields = new Fields(typed, errors);
        List<Field> filters = filters(fields);
        filters.forEach(Field::plain);
        model.put("fields", filters);
        model.put("errors", errors.rest());
        model.put("is_wrong", status != 200);
        model.put("is_search", status != 200 || !query(typed, false).isEmpty());
        model.put("first", typed.find("cursor").isPresent() ? "?" + query(typed, true) : "");
        model.put("back", PATH + "?" + query(typed, true));
        model.put("cpu_id", typed.text("cpu_id"));
        model.put("without_cpu", "?" + query(without(typed, "cpu_id"), true));
        model.put(
                "collection",
                new Fields(typed, FormErrors.NONE)
                        .choice(CollectionChooser.FIELD, "Add the ticked deals to", collections.choices(request))
                        .plain());
        return frame.show(request, new Page("deals", "Deals", model).withStatus(status));
    }

    private void list(Request request, Form typed, Map<String, Object> model) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        Stream.concat(FILTERS.stream(), Stream.of("cursor"))
                .forEach(name -> typed.find(name).ifPresent(text -> query.put(name, List.of(text))));
        if (!typed.text("owner").equals(ALL)) {
            query.put("owner", List.of("me"));
        }
        ApiResult result = api.get(request, LISTINGS, new Form(query));
        PagedList<?> page = result.value(PagedList.class);
        List<Listing> listings = page.items().stream().map(Listing.class::cast).toList();
        model.put("rows", listings.stream().map(each -> row(each, typed)).toList());
        model.put("count", result.total().map(DealsPage::count).orElse(""));
        model.put(
                "next",
                result.nextCursor()
                        .map(cursor -> "?" + query(typed, true) + "&cursor=" + encoded(cursor))
                        .orElse(""));
        model.put("cpu", typed.find("cpu_id").map(id -> cpu(id, listings)).orElse(""));
    }

    private static String count(Total total) {
        String number = DealText.number(Math.toIntExact(total.count()));
        return (total.isExact() ? number : "more than " + number) + (total.count() == 1 ? " deal" : " deals");
    }

    /** Returns the name of the processor that is searched for. */
    private static String cpu(String id, List<Listing> listings) {
        return listings.stream()
                .map(Listing::cpu)
                .filter(cpu -> cpu != null)
                .map(cpu -> cpu.name())
                .findFirst()
                .orElseGet(() -> "number " + id);
    }

    private static Map<String, Object> row(Listing listing, Form typed) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", listing.id());
        row.put("title", listing.title());
        row.put("unavailable", DealText.unavailability(listing));
        row.put("condition", DealText.condition(listing));
        row.put("cpu", DealText.cpu(listing.cpu()));
        row.put(
                "cpu_link",
                listing.cpu() == null
                        ? ""
                        : "?" + query(without(typed, "cpu_id"), true) + "&cpu_id="
                                + listing.cpu().id());
        row.put("ram", DealText.ram(listing));
        row.put("storage", DealText.storage(listing.primaryStorageGb(), listing.primaryStorageProfile()));
        row.put("price", DealText.price(listing));
        row.put("adjusted", VerdictText.adjustedPrice(listing));
        row.put("score", VerdictText.score(listing));
        row.put("per_mark", DealText.perMark(listing));
        return row;
    }

    private static List<Field> filters(Fields fields) {
        return List.of(
                fields.ofType("search", "q", "Words"),
                fields.choice("owner", "Whose", DealForm.ordered("me", "My deals", ALL, "All deals on this server")),
                fields.choice("status", "Status", withFirst("", "Any", DealForm.STATUSES)),
                fields.choice("condition", "Condition", withFirst("", "Any", DealForm.CONDITIONS)),
                fields.text("min_price", "Price from, $").mode("decimal"),
                fields.text("max_price", "Price to, $").mode("decimal"),
                fields.choice("sort", "Order", ORDERS));
    }

    /** Returns the choices with one before them, which replaces the one of the same value. */
    private static Map<String, String> withFirst(String value, String label, Map<String, String> choices) {
        SequencedMap<String, String> all = new LinkedHashMap<>(choices);
        all.putFirst(value, label);
        return all;
    }

    private static Form without(Form typed, String name) {
        Map<String, List<String>> fields = new LinkedHashMap<>(typed.fields());
        fields.remove(name);
        return new Form(fields);
    }

    /** Returns the parameters that are not empty, without the place in the list. */
    private static String query(Form typed, boolean isWhole) {
        Stream<String> names = Stream.concat(FILTERS.stream(), Stream.of("owner"));
        return names.filter(name -> isWhole || !List.of("sort", "owner").contains(name))
                .flatMap(name -> typed.find(name).stream().map(text -> name + "=" + encoded(text)))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Response collect(Request request, Form form) {
        String back = LocalPath.of(form.text("back"));
        List<String> ids = form.all("listing_id");
        if (ids.isEmpty()) {
            return Pages.redirect(Notice.NOTHING_CHOSEN.on(back));
        }
        collections.add(request, form.text(CollectionChooser.FIELD), ids);
        return Pages.redirect(Notice.ADDED.on(back));
    }
}
