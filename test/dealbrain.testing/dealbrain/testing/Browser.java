package dealbrain.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A browser without scripts: it keeps cookies, follows redirects, and sends forms with what is filled in. */
public final class Browser {
    private static final int MAX_REDIRECTS = 5;

    private final Api api;
    private final Map<String, String> cookies = new HashMap<>();
    private final List<String> headers;

    /** What the browser shows: the page at the end of the redirects, and the first response. */
    public record View(String path, Document page, Api.Response response, Api.Response first) {
        public int status() {
            return response.status();
        }

        /** Returns the first element that matches, whose absence fails the test. */
        public Element find(String selector) {
            return page.expectFirst(selector);
        }

        /** Returns the text of the elements that match, empty without any. */
        public String text(String selector) {
            return page.select(selector).text();
        }

        @Override
        public String toString() {
            return response.status() + " " + path + "\n" + response.text();
        }
    }

    /** @param headers names and values that are sent with each request, such as those of a proxy */
    public Browser(Api api, String... headers) {
        this.api = api;
        this.headers = List.of(headers);
    }

    public View open(String path) {
        return send("GET", path, new byte[0], List.of());
    }

    /** Returns the response to a request with more headers, as it is. */
    public Api.Response get(String path, String... more) {
        return exchange("GET", path, new byte[0], List.of(more));
    }

    /** Fills in the form with this action, leaves its other fields as they are, and sends it. */
    public View submit(View view, String action, Map<String, String> values) {
        Element form = view.find("form[action='" + action + "']");
        Map<String, String> all = new LinkedHashMap<>();
        form.select("input:not([type=checkbox]), input[checked], textarea")
                .forEach(field -> all.put(
                        field.attr("name"), field.normalName().equals("textarea") ? field.wholeText() : field.val()));
        form.select("select").forEach(list -> all.put(list.attr("name"), chosen(list)));
        all.putAll(values);
        return post(action, all, "Sec-Fetch-Site", "same-origin");
    }

    private static String chosen(Element list) {
        Element option = list.selectFirst("option[selected]");
        return (option == null ? list.expectFirst("option") : option).val();
    }

    /** Sends a form of these fields only. */
    public View post(String path, Map<String, String> fields, String... more) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), all);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private View send(String method, String path, byte[] body, List<String> more) {
        Api.Response first = exchange(method, path, body, more);
        Api.Response last = first;
        String at = path;
        for (int i = 0; i < MAX_REDIRECTS && last.header("Location").isPresent(); i++) {
            at = last.header("Location").orElseThrow();
            last = exchange("GET", at, new byte[0], List.of());
        }
        return new View(at, Jsoup.parse(last.text()), last, first);
    }

    private Api.Response exchange(String method, String path, byte[] body, List<String> more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(List.of("Accept", "text/html"));
        all.addAll(more);
        if (!cookies.isEmpty()) {
            all.addAll(List.of(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; "))));
        }
        Api.Response response = api.sendBytes(method, path, body, all.toArray(String[]::new));
        response.http().headers().allValues("Set-Cookie").forEach(this::keep);
        return response;
    }

    private void keep(String cookie) {
        String pair = cookie.substring(0, cookie.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** Signs in on the page. */
    public View signIn(String username, String password) {
        return submit(open("/sign-in"), "/sign-in", Map.of("username", username, "password", password));
    }
}
