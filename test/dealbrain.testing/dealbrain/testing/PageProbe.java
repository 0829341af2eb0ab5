package dealbrain.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openqa.selenium.chrome.ChromeDriver;

/** What Chromium knows about the page that it shows. Each finding is a text; none is good. */
final class PageProbe {
    /** Matters only to a test that fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String AXE = "axe.min.js";
    private static final String RUN_AXE = """
            const done = arguments[arguments.length - 1];
            axe.run(document, arguments[0]).then(result => done(result.violations.map(
                each => each.id + ": " + each.help + ": " + each.nodes.map(node => node.html).join(" | "))));
            """;

    /** An element that is scrolled or hides nothing may be wider than its box; a field may have a longer text. */
    private static final String CUT_OFF = """
            const pixels = document.documentElement.scrollWidth - window.innerWidth;
            const found = pixels > 0 ? ["is " + pixels + " pixels wider than the screen"] : [];
            for (const each of document.querySelectorAll("body *:not(input, select, textarea, svg *)")) {
                const style = getComputedStyle(each);
                const hides = [style.overflowX, style.overflowY].some(each => ["hidden", "clip"].includes(each));
                if (hides && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)) {
                    found.push("cut off: " + each.outerHTML.slice(0, 120));
                }
            }
            return found;
            """;

    private static final String FOCUS = """
            const found = [];
            const controls = "a[href], button, input, select, textarea, summary, [tabindex]";
            for (const each of document.querySelectorAll(controls)) {
                if (each.tabIndex < 0 || each.type == "hidden" || each.disabled || !each.checkVisibility()) continue;
                each.focus({focusVisible: true});
                const style = getComputedStyle(each);
                if (document.activeElement != each) {
                    found.push("cannot have the focus: " + each.outerHTML.slice(0, 120));
                } else if (style.outlineStyle == "none" || parseFloat(style.outlineWidth) < 2) {
                    found.push("does not show the focus: " + each.outerHTML.slice(0, 120));
                }
            }
            document.activeElement.blur();
            return found;
            """;

    /** A table moves by less while it arrives on a slow machine. */
    private static final double MAX_SHIFT = 0.02;

    private static final String SHIFTS = """
            const done = arguments[arguments.length - 1];
            const found = [];
            let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(each => {
                sum += each.value;
                found.push("moves after it was shown, by " + each.value + ": "
                    + each.sources.map(source => source.node && source.node.outerHTML.slice(0, 80)).join(" | "));
            })).observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(sum <= arguments[0] ? [] : found), 50);
            """;

    private static final String WEIGHT = """
            const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
                .filter(each => !each.name.endsWith("/favicon.svg")) // which is not on the screen
                .filter(each => each.initiatorType !== "script"); // for which the screen does not wait
            return [all.length, all.reduce((sum, each) => sum + each.transferSize, 0)];
            """;

    /** What people press, choose or fill in. */
    private static final Set<String> CONTROLS = Set.of(
            "button",
            "checkbox",
            "combobox",
            "DisclosureTriangle",
            "link",
            "radio",
            "searchbox",
            "spinbutton",
            "textbox");

    private final ChromeDriver driver;

    PageProbe(ChromeDriver driver) {
        this.driver = driver;
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
    }

    /** Returns the HTML as it was received. */
    String source() {
        Map<?, ?> tree = map(driver.executeCdpCommand("Page.getFrameTree", Map.of()), "frameTree");
        Object request = map(tree, "frame").get("loaderId");
        return String.valueOf(driver.executeCdpCommand("Network.getResponseBody", Map.of("requestId", request))
                .get("body"));
    }

    /** Returns what axe finds: the rule and the elements that break it. */
    List<String> violations() {
        return axe(Map.of());
    }

    /** Returns the texts that axe finds too pale for their background. */
    List<String> paleTexts() {
        return axe(Map.of("runOnly", List.of("color-contrast")));
    }

    private List<String> axe(Map<String, Object> options) {
        try (InputStream axe = ClassLoader.getSystemResourceAsStream(AXE)) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            return texts(driver.executeAsyncScript(RUN_AXE, options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns by how much the page is wider than the screen, and what cannot be seen in its box. */
    List<String> cutOff() {
        return texts(driver.executeScript(CUT_OFF));
    }

    /** Returns what the Tab key reaches, but shows no outline then. */
    List<String> focus() {
        return texts(driver.executeScript(FOCUS));
    }

    /** Returns what moved since the page was opened, if it is more than little (cumulative layout shift). */
    List<String> shifts() {
        return texts(driver.executeAsyncScript(SHIFTS, MAX_SHIFT));
    }

    /** Returns whether the page took more requests or bytes than these, with its style sheets and images. */
    List<String> weight(int requests, int bytes) {
        List<?> weight = (List<?>) driver.executeScript(WEIGHT);
        boolean isLight = number(weight.get(0)) <= requests && number(weight.get(1)) <= bytes;
        return isLight ? List.of() : List.of("takes " + weight.get(0) + " requests and " + weight.get(1) + " bytes");
    }

    /**
     * Returns the controls that a screen reader cannot name, or cannot tell from another one. It reads the name of a
     * group before the controls in it.
     */
    List<String> names() {
        List<String> found = new ArrayList<>();
        Map<String, String> targets = new HashMap<>();
        Map<Object, Map<?, ?>> nodes = new LinkedHashMap<>();
        Map<?, ?> tree = driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of());
        ((List<?>) tree.get("nodes")).forEach(node -> nodes.put(((Map<?, ?>) node).get("nodeId"), (Map<?, ?>) node));
        for (Map<?, ?> node : nodes.values()) {
            String role = value(node, "role");
            if (!CONTROLS.contains(role) || Boolean.TRUE.equals(node.get("ignored"))) {
                continue;
            }
            String name = value(node, "name");
            String target = target(node);
            String other = targets.put(role + name + value(node, "description") + group(node, nodes), target);
            if (name.isBlank()) {
                found.add("has no name: " + role + " " + target);
            } else if (other != null && (target.isEmpty() || !other.equals(target))) {
                found.add("has the name of another one: " + role + " " + name + " " + target);
            }
        }
        return found;
    }

    /** Returns the name of the group that a control is in, empty for none. */
    private static String group(Map<?, ?> control, Map<Object, Map<?, ?>> nodes) {
        Map<?, ?> node = control;
        while (node != null && !value(node, "role").equals("group")) {
            node = nodes.get(node.get("parentId"));
        }
        return node == null ? "" : value(node, "name");
    }

    /** Returns where a link leads, empty for other controls. */
    private static String target(Map<?, ?> node) {
        return ((List<?>) node.get("properties"))
                .stream()
                        .map(property -> (Map<?, ?>) property)
                        .filter(property -> "url".equals(property.get("name")))
                        .map(property -> value(property, "value"))
                        .collect(Collectors.joining());
    }

    private static String value(Map<?, ?> node, String name) {
        return node.get(name) instanceof Map<?, ?> value ? String.valueOf(value.get("value")) : "";
    }

    private static Map<?, ?> map(Map<?, ?> map, String name) {
        return (Map<?, ?>) map.get(name);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Object result) {
        return (List<String>) result;
    }
}
