package dealbrain.recognition;

import com.fasterxml.jackson.databind.node.TextNode;
import dealbrain.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Texts made to be slow. The work for them is linear: the test compares the times for all of them and for texts a
 * quarter as long, of which the fastest runs count. It prints the times.
 */
class HostileTextsTest {
    private static final int KIBIBYTE = 1024;
    private static final int LARGEST = 256 * KIBIBYTE;
    private static final int ROUNDS = 5;

    /** Linear work is four times as much, quadratic work sixteen times. */
    private static final int MAX_GROWTH = 6;

    private static String repeat(String text, int length) {
        return text.repeat(Math.max(1, length / text.length()));
    }

    private static ParseInput html(String html) {
        return new ParseInput(null, null, null, null, html);
    }

    private static ParseInput jsonLd(String json) {
        return new ParseInput(null, null, null, TextNode.valueOf(json), null);
    }

    private static ParseInput text(String text) {
        return new ParseInput(text, text, null, null, null);
    }

    private static String attributes(int length) {
        return IntStream.range(0, length / 8).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining(" "));
    }

    /** Formatting elements that the algorithm of HTML repeats in each of the paragraphs after them. */
    private static String formatting(int length) {
        String elements =
                IntStream.range(0, 200).mapToObj(i -> "<b id=" + i + ">").collect(Collectors.joining());
        return "<p>" + elements + "</p>" + repeat("<p>x", length - 2000);
    }

    private static Map<String, IntFunction<ParseInput>> hostile() {
        Map<String, IntFunction<ParseInput>> all = new TreeMap<>();
        all.put("deep html", n -> html(repeat("<div>", n)));
        all.put("deep formatting", n -> html(repeat("<b>", n)));
        all.put("formatting in paragraphs", n -> html(formatting(n)));
        all.put("unclosed lists", n -> html(repeat("<li><p>x", n)));
        all.put("end tags", n -> html(repeat("<i>", n / 4) + repeat("</z>", n * 3 / 4)));
        all.put("tables", n -> html(repeat("<table><tr><td>", n)));
        all.put("misplaced tables", n -> html("<table>" + repeat("<a>x", n)));
        all.put("attributes", n -> html("<div " + attributes(n) + ">"));
        all.put("many attributes each", n -> html(repeat("<a b=1 c=2 d=3 e=4 f=5 g=6 h=7 i=8>", n)));
        all.put("open tags", n -> html(repeat("<", n)));
        all.put("open comment", n -> html("<!--" + repeat("<!-- -", n)));
        all.put("entities", n -> html("<h1>" + repeat("&amp;&#x41;&notit;", n)));
        all.put(
                "microdata",
                n -> html("<div itemscope itemtype=\"https://schema.org/Product\">"
                        + repeat("<b itemscope itemprop=name>i5-8500T", n)));
        all.put("metas", n -> html(repeat("<meta property=og:title content=\"i5 i7 i5 i7 8500T 16GB\">", n)));
        all.put("titles", n -> html("<title>" + repeat("i5 ", n)));
        all.put("deep json-ld", n -> jsonLd(repeat("{\"a\":[", n)));
        all.put("wide json-ld", n -> jsonLd("[" + repeat("{\"@type\":\"X\"},", n) + "]"));
        all.put(
                "json-ld names",
                n -> jsonLd("{"
                        + IntStream.range(0, n / 10)
                                .mapToObj(i -> "\"" + i + "\":1")
                                .collect(Collectors.joining(",")) + "}"));
        all.put(
                "json-ld brackets in a text",
                n -> jsonLd("{\"@type\":\"Product\",\"name\":\"PC\",\"description\":\"" + repeat("<a", n) + "\"}"));
        all.put("scripts", n -> html(repeat("<script type=\"application/ld+json\">{\"a\":[1,{\"b\":2}]}</script>", n)));
        for (String bait : List.of(
                "i5 ",
                "i5-",
                "8500T ",
                "ryzen 5 pro ",
                "core 2 ",
                "up to ",
                "no ",
                "or ",
                "2 x ",
                "16/",
                "16 gb ",
                "1.",
                "$1,000",
                "was $",
                "new ",
                "mini ",
                "m.2 ",
                "8. gen ",
                "quad core ",
                "rtx ",
                "a1",
                "((((",
                "intel core ",
                "v 3 ",
                "\u0301",
                "\uFDFA")) {
            all.put("text of \"" + bait + "\"", n -> text(repeat(bait, n)));
        }
        all.put("address", n -> new ParseInput("PC", null, "https://a/" + repeat("a-", n), null, null));
        all.put("rows", n -> text(repeat("RAM: 16 GB\n", n)));
        return all;
    }

    /** Measured again if they do not, because a busy machine may have delayed the large ones more than the small ones. */
    @Test
    @Timeout(600)
    void takeLinearTime() {
        List<String> measured = new ArrayList<>();
        Await.until(measured::toString, Duration.ofMinutes(3), () -> takeLinearTime(measured));
    }

    private static boolean takeLinearTime(List<String> measured) {
        Map<Long, String> slowest = new TreeMap<>();
        long quarters = 0;
        long wholes = 0;
        for (Map.Entry<String, IntFunction<ParseInput>> each : hostile().entrySet()) {
            long whole = fastest(each.getValue().apply(LARGEST));
            quarters += fastest(each.getValue().apply(LARGEST / 4));
            wholes += whole;
            slowest.put(whole, each.getKey());
        }
        System.out.println("hostile texts of 256 KiB, fastest of " + ROUNDS + ", in microseconds:");
        slowest.forEach((nanos, name) -> System.out.printf("%7d %s%n", nanos / 1000, name));
        measured.add(quarters / 1000 + " and " + wholes / 1000 + " microseconds");
        return wholes <= MAX_GROWTH * quarters;
    }

    private static long fastest(ParseInput input) {
        return IntStream.range(0, ROUNDS).mapToLong(_ -> nanos(input)).min().orElseThrow();
    }

    private static long nanos(ParseInput input) {
        long start = System.nanoTime();
        OfferParser.recognise(input);
        return System.nanoTime() - start;
    }
}
