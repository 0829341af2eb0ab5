package dealbrain.operations;

import dealbrain.profiling.HistogramBucket;
import dealbrain.profiling.WorkReport;
import java.util.List;
import java.util.Locale;

/** Small pictures as inline SVG, without styles of their own: the classes are those of the style sheet. */
final class Charts {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 44;
    private static final int FEWEST_STEPS = 23;
    /** The scale of ranges: from 0.05 ms to 5 s, by powers of ten. */
    private static final double FROM = Math.log10(0.05);

    private static final double TO = Math.log10(5000);

    private Charts() {}

    /** The course of a figure, now at the right; a young program's begins further right. */
    static String sparkline(List<Double> values, String label) {
        double top =
                Math.max(values.stream().mapToDouble(Double::doubleValue).max().orElse(0), 1e-9);
        StringBuilder line = new StringBuilder();
        double step = WIDTH / (double) Math.max(FEWEST_STEPS, values.size() - 1);
        double left = WIDTH - step * (values.size() - 1);
        for (int i = 0; i < values.size(); i++) {
            line.append(point(left + i * step, HEIGHT - 2 - (HEIGHT - 6) * values.get(i) / top))
                    .append(' ');
        }
        String area = values.isEmpty()
                ? ""
                : "<polygon class=\"area\" points=\"" + point(left, HEIGHT) + " " + line + point(WIDTH, HEIGHT)
                        + "\"/>";
        return svg("spark", WIDTH, HEIGHT, label) + area + "<polyline class=\"line\" points=\""
                + line.toString().strip() + "\"/></svg>";
    }

    /** From the median to the 99th percentile, with the 95th marked. */
    static String range(WorkReport report) {
        return range(report.p50Ms(), report.p95Ms(), report.p99Ms());
    }

    static String range(double p50, double p95, double p99) {
        double from = place(p50);
        double to = Math.max(place(p99), from + 2);
        return svg(
                        "range",
                        120,
                        12,
                        "median " + Numbers.millis(p50) + ", 95 of 100 within " + Numbers.millis(p95) + ", 99 within "
                                + Numbers.millis(p99))
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"track\" x=\"0\" y=\"5\" width=\"120\" height=\"2\"/><rect class=\"%s\" x=\"%.1f\" y=\"3\" width=\"%.1f\" height=\"6\" rx=\"3\"/>"
                                + "<circle class=\"dot\" cx=\"%.1f\" cy=\"6\" r=\"2.6\"/></svg>",
                        heat(p95),
                        from,
                        to - from,
                        place(p95));
    }

    private static double place(double millis) {
        return 3 + 114 * Math.clamp((Math.log10(Math.max(millis, 1e-3)) - FROM) / (TO - FROM), 0, 1);
    }

    private static String heat(double p95) {
        return p95 > 500 ? "bad" : p95 > 100 ? "warn" : "fine";
    }

    /** How much of a whole. */
    static String share(double part, double whole) {
        double width = whole == 0 ? 0 : 60 * part / whole;
        return svg("share", 60, 8, Numbers.percent(part, whole) + " of all")
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"track\" width=\"60\" height=\"8\" rx=\"2\"/><rect class=\"fine\" width=\"%.1f\" height=\"8\" rx=\"2\"/></svg>",
                        width);
    }

    /** The spread of durations, each bar twice as far as the one before. */
    static String histogram(List<HistogramBucket> bars) {
        if (bars.isEmpty()) {
            return "";
        }
        long top = bars.stream().mapToLong(HistogramBucket::count).max().orElse(1);
        double width = 640.0 / bars.size();
        StringBuilder svg = new StringBuilder(svg("histogram", 640, 190, "how often it took how long"));
        for (int i = 0; i < bars.size(); i++) {
            HistogramBucket bar = bars.get(i);
            double height = bar.count() == 0 ? 0 : Math.max(2, 140.0 * bar.count() / top);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"fine\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"/>",
                    i * width + 2,
                    160 - height,
                    width - 4,
                    height));
            if (bar.count() > 0) {
                svg.append(text(i * width + width / 2, 154 - height, Numbers.count(bar.count())));
            }
            svg.append(text(i * width + width / 2, 178, Numbers.millis(bar.toMillis())));
        }
        return svg.append("</svg>").toString();
    }

    private static String text(double x, double y, String text) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>", x, y, text);
    }

    private static String svg(String kind, int width, int height, String label) {
        return "<svg class=\"" + kind + "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" aria-label=\""
                + label + "\"" + (kind.equals("spark") ? " preserveAspectRatio=\"none\"" : "") + ">";
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }
}
