package dealbrain.accounts;

import dealbrain.http.Request;
import java.util.List;

/** The name of a session: the browser and the system that its {@code User-Agent} names, such as "Firefox on Linux". */
final class BrowserName {
    private record Rule(String part, String name) {}

    /** In the order in which they are tried: most browsers also name those that they are compatible with. */
    private static final List<Rule> BROWSERS = List.of(
            new Rule("Edg", "Edge"),
            new Rule("OPR/", "Opera"),
            new Rule("Vivaldi/", "Vivaldi"),
            new Rule("SamsungBrowser/", "Samsung Internet"),
            new Rule("Firefox/", "Firefox"),
            new Rule("FxiOS/", "Firefox"),
            new Rule("CriOS/", "Chrome"),
            new Rule("Chrome/", "Chrome"),
            new Rule("Safari/", "Safari"));

    private static final List<Rule> SYSTEMS = List.of(
            new Rule("Android", "Android"),
            new Rule("iPhone", "iPhone"),
            new Rule("iPad", "iPad"),
            new Rule("Windows", "Windows"),
            new Rule("Mac OS X", "macOS"),
            new Rule("CrOS", "ChromeOS"),
            new Rule("Linux", "Linux"));

    private BrowserName() {}

    static String of(Request request) {
        return of(request.header("User-Agent").orElse(""));
    }

    static String of(String agent) {
        String browser = find(BROWSERS, agent, "Browser");
        String system = find(SYSTEMS, agent, "");
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String find(List<Rule> rules, String agent, String otherwise) {
        return rules.stream()
                .filter(rule -> agent.contains(rule.part()))
                .map(Rule::name)
                .findFirst()
                .orElse(otherwise);
    }
}
