package dealbrain.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Line charts as SVG with a logarithmic scale of milliseconds. The style sheet of the page sets colours and sizes. */
final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int BOTTOM = 36;
    private static final int TOP = 12;
    private static final int RIGHT = 16;

    /** A point of a line; {@code x} is between 0, the left edge, and 1. */
    record Point(double x, double millis) {}

    private final double lowest;
    private final double highest;

    private Chart(double lowest, double highest) {
        this.lowest = lowest;
        this.highest = highest;
    }

    /** Draws the percentiles of each workload. */
    static String latencies(Map<String, Latencies> latencies) {
        List<List<Point>> lines = new ArrayList<>();
        for (Latencies each : latencies.values()) {
            List<Point> line = new ArrayList<>();
            for (double x = 0; x <= 1; x += 0.02) {
                line.add(new Point(x, each.millis(quantile(x))));
            }
            lines.add(line);
        }
        return draw(lines, List.copyOf(latencies.keySet()), List.of(tick(0.5), tick(0.9), tick(0.99), tick(0.999)));
    }

    /** Returns the quantile at {@code x}: 0 at the left, 0.9 and 0.99 at each third, 0.999 at the right. */
    private static double quantile(double x) {
        return 1 - Math.pow(10, -3 * x);
    }

    private static Map.Entry<Double, String> tick(double quantile) {
        return Map.entry(
                -Math.log10(1 - quantile) / 3,
                String.format(
                        Locale.ROOT, "p%s", Double.toString(quantile * 100).replaceFirst("\\.0$", "")));
    }

    /** Draws the time to read a collection by its size. */
    static String sizes(Map<Integer, SizeBenchmark.ReadTime> times) {
        List<Point> whole = new ArrayList<>();
        List<Point> page = new ArrayList<>();
        List<Map.Entry<Double, String>> ticks = new ArrayList<>();
        times.forEach((size, time) -> {
            double x = (Math.log10(size) - 1) / 3;
            whole.add(new Point(x, time.whole()));
            page.add(new Point(x, time.page()));
            ticks.add(Map.entry(x, String.format(Locale.ROOT, "%,d", size)));
        });
        return draw(List.of(whole, page), List.of("all items", "a page of 100"), ticks);
    }

    /** Draws times by the number of stored listings, a line for each kind of request. */
    static String stored(Map<String, SortedMap<Integer, Double>> lines) {
        double low = Math.log10(StoredBenchmark.SIZES.getFirst());
        double width = Math.log10(StoredBenchmark.SIZES.getLast()) - low;
        return draw(
                lines.values().stream()
                        .map(line -> line.entrySet().stream()
                                .map(at -> new Point((Math.log10(at.getKey()) - low) / width, at.getValue()))
                                .toList())
                        .toList(),
                List.copyOf(lines.keySet()),
                StoredBenchmark.SIZES.stream()
                        .map(size -> Map.entry((Math.log10(size) - low) / width, Format.count(size)))
                        .toList());
    }

    private static String draw(List<List<Point>> lines, List<String> names, List<Map.Entry<Double, String>> ticks) {
        double low = lines.stream()
                .flatMap(List::stream)
                .mapToDouble(Point::millis)
                .min()
                .orElse(1);
        double high = lines.stream()
                .flatMap(List::stream)
                .mapToDouble(Point::millis)
                .max()
                .orElse(1);
        Chart chart =
                new Chart(Math.pow(10, Math.floor(Math.log10(low))), Math.pow(10, Math.ceil(Math.log10(high * 1.001))));
        StringBuilder svg = new StringBuilder("<figure><svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" role=\"img\" aria-label=\"" + String.join(", ", names) + "\">");
        chart.grid(svg, ticks);
        for (int i = 0; i < lines.size(); i++) {
            chart.line(svg, lines.get(i), i);
        }
        svg.append("</svg><figcaption>");
        for (int i = 0; i < names.size(); i++) {
            svg.append("<span><i class=\"c")
                    .append(i)
                    .append("\"></i>")
                    .append(names.get(i))
                    .append("</span> ");
        }
        return svg.append("</figcaption></figure>").toString();
    }

    private void grid(StringBuilder svg, List<Map.Entry<Double, String>> ticks) {
        for (double millis = lowest; millis <= highest * 1.01; millis *= 10) {
            String y = number(y(millis));
            svg.append("<line class=\"grid\" x1=\"" + LEFT + "\" x2=\"" + (WIDTH - RIGHT) + "\" y1=\"" + y + "\" y2=\""
                    + y + "\"/>");
            svg.append("<text x=\"" + (LEFT - 8) + "\" y=\"" + number(y(millis) + 4) + "\" text-anchor=\"end\">"
                    + label(millis) + "</text>");
        }
        for (Map.Entry<Double, String> tick : ticks) {
            String x = number(x(tick.getKey()));
            svg.append("<line class=\"grid\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"" + TOP + "\" y2=\""
                    + (HEIGHT - BOTTOM) + "\"/>");
            svg.append("<text x=\"" + x + "\" y=\"" + (HEIGHT - BOTTOM + 20) + "\" text-anchor=\""
                    + (tick.getKey() > 0.95 ? "end" : "middle") + "\">" + tick.getValue() + "</text>");
        }
    }

    private static String label(double millis) {
        return millis >= 1
                ? String.format(Locale.ROOT, "%,.0f ms", millis)
                : String.format(Locale.ROOT, "%,.0f µs", millis * 1000);
    }

    private void line(StringBuilder svg, List<Point> line, int number) {
        svg.append("<polyline class=\"c" + number + "\" points=\"");
        line.forEach(point -> svg.append(number(x(point.x())))
                .append(',')
                .append(number(y(point.millis())))
                .append(' '));
        svg.append("\"/>");
    }

    private static double x(double x) {
        return LEFT + x * (WIDTH - LEFT - RIGHT);
    }

    private double y(double millis) {
        double height = (Math.log10(millis) - Math.log10(lowest)) / (Math.log10(highest) - Math.log10(lowest));
        return HEIGHT - BOTTOM - height * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
