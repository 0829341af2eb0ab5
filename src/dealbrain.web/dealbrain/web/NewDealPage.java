package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.json.InputError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page to note a deal: an offer is pasted, what is recognised is checked in a form, and saved. */
final class NewDealPage {
    private static final String PATH = "/deals/new";

    /** Sends the address, the title and the selected text of the page that is open in the browser. */
    private static final String BOOKMARKLET =
            "javascript:void(location.href='%s?url='+encodeURIComponent(location.href)"
                    + "+'&title='+encodeURIComponent(document.title)"
                    + "+'&text='+encodeURIComponent(String(getSelection()).slice(0,1500)))";

    /** A second field for the same member, whose choice replaces what is typed. */
    private static final String CHOICE = "_choice";

    private final ApiCalls api;
    private final PageFrame frame;
    private final CollectionChooser collections;
    private final Duplicates duplicates;

    NewDealPage(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
        this.collections = new CollectionChooser(api);
        this.duplicates = new Duplicates(api);
    }

    void routes(Pages pages) {
        pages.get(PATH, this::show);
        pages.post(PATH, this::recognise);
        pages.post("/deals", this::save);
    }

    /** With parameters, as the bookmarklet sends them, shows the form at once. */
    private Response show(Request request) {
        Map<String, Object> input = new LinkedHashMap<>();
        for (String name : List.of("url", "title", "text")) {
            request.parameters().find(name).ifPresent(text -> input.put(name, text));
        }
        return input.isEmpty()
                ? frame.show(request, paste(request, Fields.EMPTY))
                : recognise(request, request.parameters(), input);
    }

    private static Page paste(Request request, Fields fields) {
        Field offer = fields.lines("offer", "The offer")
                .required()
                .hint("Its title, its text, its address, or all of them, each on its own line.");
        String address = request.publicUrl().absolute(PATH);
        return new Page(
                "new-deal",
                "New deal",
                Map.of(
                        "fields", List.of(offer),
                        "errors", fields.errors().rest(),
                        "collection", request.parameters().text(CollectionChooser.FIELD),
                        "bookmarklet", BOOKMARKLET.replace("%s", address)));
    }

    private Response recognise(Request request, Form form) {
        return recognise(request, form, Offer.input(form.text("offer")));
    }

    private Response recognise(Request request, Form form, Map<String, Object> input) {
        try {
            JsonNode result = api.post(request, "/api/v1/listings/parse", input).json();
            Offer offer = new Offer(result);
            Map<String, List<String>> values = new HashMap<>(offer.form().fields());
            Map<String, String> targets = targets(request);
            String target = form.find(CollectionChooser.FIELD)
                    .orElse(targets.keySet().iterator().next());
            values.put(CollectionChooser.FIELD, List.of(target));
            Fields fields = new Fields(new Form(values), FormErrors.NONE);
            return frame.show(
                    request,
                    check(request, fields, offer.hints(), offer.candidates("cpu"), offer.candidates("gpu"), targets));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(request, paste(request, new Fields(form, errors)).withStatus(errors.status()));
        }
    }

    private Page check(
            Request request,
            Fields fields,
            Map<String, String> hints,
            Map<String, String> cpus,
            Map<String, String> gpus,
            Map<String, String> targets) {
        Map<String, Object> model = new HashMap<>();
        List<Field> choices = new ArrayList<>();
        if (!cpus.isEmpty()) {
            choices.add(choice(fields, "cpu", "Which processor is it?", cpus));
        }
        if (!gpus.isEmpty()) {
            choices.add(choice(fields, "gpu", "Which graphics card is it?", gpus));
        }
        choices.add(fields.choice(CollectionChooser.FIELD, "Add to", targets).plain());
        model.put("choices", choices);
        DealForm.show(fields, hints, model);
        model.put("errors", fields.errors().rest());
        model.put("duplicates", duplicates.of(request, fields.typed()));
        return new Page("check-deal", "New deal", model);
    }

    /** Returns the collections to choose from, and that none is chosen. */
    private Map<String, String> targets(Request request) {
        Map<String, String> targets = collections.choices(request);
        targets.put("", "No collection");
        return targets;
    }

    private static Field choice(Fields fields, String field, String label, Map<String, String> candidates) {
        Map<String, String> choices = new LinkedHashMap<>(Map.of("", "As in the field " + label(field)));
        choices.putAll(candidates);
        return fields.choice(field + CHOICE, label, choices).plain();
    }

    private static String label(String field) {
        return field.equals("cpu") ? "Processor" : "Graphics card";
    }

    private Response save(Request request, Form form) {
        Form chosen = withChoices(form);
        try {
            String id = api.post(request, "/api/v1/listings", DealForm.body(chosen))
                    .json()
                    .path("id")
                    .asText();
            return Pages.redirect(next(request, chosen, id));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            Fields fields = new Fields(chosen, errors);
            Page page = check(request, fields, Map.of(), candidates(e, "cpu"), candidates(e, "gpu"), targets(request));
            return frame.show(request, page.withStatus(errors.status()));
        }
    }

    /** Returns the form with the chosen candidates in the fields that they are for. */
    private static Form withChoices(Form form) {
        Map<String, List<String>> fields = new LinkedHashMap<>(form.fields());
        for (String name : List.of("cpu", "gpu")) {
            form.find(name + CHOICE).ifPresent(text -> fields.put(name, List.of(text)));
            fields.remove(name + CHOICE);
        }
        return new Form(fields);
    }

    /** Returns what a name may mean, which the API refused because it is ambiguous. */
    static Map<String, String> candidates(ProblemException e, String field) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (InputError error : e.errors()) {
            List<InputError.Candidate> all = error.candidates();
            if (("/" + field).equals(error.pointer()) && all != null) {
                all.forEach(candidate -> choices.put(candidate.name(), candidate.name()));
            }
        }
        return choices;
    }

    private String next(Request request, Form form, String id) {
        String collection = form.text(CollectionChooser.FIELD);
        Notice notice = Notice.SAVED;
        if (!collection.isEmpty()) {
            try {
                collections.add(request, collection, List.of(id));
            } catch (ProblemException _) { // deleted meanwhile, or full: the deal is saved nevertheless
                notice = Notice.NOT_ADDED;
            }
        }
        return form.has("next") && notice == Notice.SAVED
                ? notice.on(PATH + (collection.matches("\\d+") ? "?collection=" + collection : ""))
                : notice.on("/deals/" + id);
    }
}
