package dealbrain.operations;

import java.util.List;
import java.util.Locale;

/** Draws small charts as inline SVG. Their classes are defined in {@code ops.css}. */
final class Charts {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 44;
    /** With fewer points, the line starts further to the right. */
    private static final int MIN_INTERVALS = 23;
    /** The logarithmic scale of ranges, from 0.05 ms to 5 s. */
    private static final double MIN_LOG_MILLIS = Math.log10(0.05);

    private static final double MAX_LOG_MILLIS = Math.log10(5000);

    private static final double WARN_P95_MS = 100;
    private static final double BAD_P95_MS = 500;

    private Charts() {}

    /** Returns a line through the values, the last one at the right edge. */
    static String sparkline(List<Double> values, String label) {
        double max =
                Math.max(values.stream().mapToDouble(Double::doubleValue).max().orElse(0), 1e-9);
        StringBuilder points = new StringBuilder();
        double step = WIDTH / (double) Math.max(MIN_INTERVALS, values.size() - 1);
        double left = WIDTH - step * (values.size() - 1);
        for (int i = 0; i < values.size(); i++) {
            points.append(point(left + i * step, HEIGHT - 2 - (HEIGHT - 6) * values.get(i) / max))
                    .append(' ');
        }
        String area = values.isEmpty()
                ? ""
                : "<polygon class=\"area\" points=\"" + point(left, HEIGHT) + " " + points + point(WIDTH, HEIGHT)
                        + "\"/>";
        return svg("spark", WIDTH, HEIGHT, label, " preserveAspectRatio=\"none\"") + area
                + "<polyline class=\"line\" points=\"" + points.toString().strip() + "\"/></svg>";
    }

    /**
     * Returns a bar from p50 to p99 with a dot at p95, on a logarithmic scale; the parameters are milliseconds. Its
     * color is that of {@code p95} if there are enough requests for a verdict.
     */
    static String range(long count, double p50, double p95, double p99) {
        double from = position(p50);
        double to = Math.max(position(p99), from + 2);
        String label = "p50 " + Formats.millis(p50) + ", p95 " + Formats.millis(p95) + ", p99 " + Formats.millis(p99);
        return svg("range", 120, 12, label, "")
                + "<rect class=\"track\" x=\"0\" y=\"5\" width=\"120\" height=\"2\"/>"
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.1f\" y=\"3\" width=\"%.1f\" height=\"6\" rx=\"3\"/>",
                        count < HealthChecks.MIN_REQUESTS ? "fine" : color(p95),
                        from,
                        to - from)
                + String.format(
                        Locale.ROOT, "<circle class=\"dot\" cx=\"%.1f\" cy=\"6\" r=\"2.6\"/></svg>", position(p95));
    }

    private static double position(double millis) {
        double log = Math.log10(Math.max(millis, 1e-3));
        return 3 + 114 * Math.clamp((log - MIN_LOG_MILLIS) / (MAX_LOG_MILLIS - MIN_LOG_MILLIS), 0, 1);
    }

    private static String color(double p95) {
        if (p95 > BAD_P95_MS) {
            return "bad";
        }
        return p95 > WARN_P95_MS ? "warn" : "fine";
    }

    /** Returns a bar that is filled by the ratio of {@code part} to {@code whole}. */
    static String share(double part, double whole) {
        return svg("share", 60, 8, Formats.percent(part, whole), "")
                + "<rect class=\"track\" width=\"60\" height=\"8\" rx=\"2\"/>"
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"fine\" width=\"%.1f\" height=\"8\" rx=\"2\"/></svg>",
                        whole == 0 ? 0.0 : 60 * part / whole);
    }

    /**
     * Returns a bar from {@code from} to {@code to} on a scale from 0 to {@code whole}, as wide as its place.
     *
     * @param kind the class of the bar
     */
    static String step(double from, double to, double whole, String kind, String label) {
        double scale = whole <= 0 ? 0 : 1000 / whole;
        double left = Math.clamp(from * scale, 0, 997);
        double width = Math.clamp((to - from) * scale, 3, 1000 - left);
        return svg("step", 1000, 10, label, " preserveAspectRatio=\"none\"")
                + "<rect class=\"track\" y=\"4\" width=\"1000\" height=\"2\"/>"
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.1f\" width=\"%.1f\" height=\"10\"/></svg>",
                        kind,
                        left,
                        width);
    }

    /** Returns a bar as wide as its place, filled by the ratio of {@code part} to {@code whole}. */
    static String bar(double part, double whole, String label) {
        double width = whole == 0 || part == 0 ? 0 : Math.max(2, 1000 * part / whole);
        return svg("bar", 1000, 10, label, " preserveAspectRatio=\"none\"")
                + String.format(Locale.ROOT, "<rect class=\"fine\" y=\"1\" width=\"%.1f\" height=\"8\"/></svg>", width);
    }

    private static String svg(String kind, int width, int height, String label, String attributes) {
        return "<svg class=\"" + kind + "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" aria-label=\""
                + label + "\"" + attributes + ">";
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }
}
