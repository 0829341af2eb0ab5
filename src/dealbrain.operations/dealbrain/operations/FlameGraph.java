package dealbrain.operations;

import dealbrain.recording.Frame;
import java.util.List;
import java.util.Locale;

/**
 * Draws samples as inline SVG: a row of routes, and below each method those that it called. A width is a share of the
 * samples.
 */
final class FlameGraph {
    private static final double WIDTH = 1200;
    private static final int ROW = 18;
    /** Narrower frames are left out. */
    private static final double MIN_WIDTH = 2;

    private static final int MAX_ROWS = 150;
    /** The width of a character, and of the space around a text. */
    private static final double CHARACTER = 6.7;

    private static final int SPACE = 6;

    private final StringBuilder frames = new StringBuilder();
    private final double scale;
    private int rows;

    private FlameGraph(long samples) {
        this.scale = WIDTH / samples;
    }

    /** @param samples of all routes */
    static String svg(List<Frame> routes, long samples) {
        FlameGraph graph = new FlameGraph(samples);
        graph.addAll(routes, 0, 0);
        return String.format(
                Locale.ROOT,
                "<svg class=\"flames\" viewBox=\"0 0 %.0f %d\" role=\"img\" aria-label=\"Flame graph of %s\">%s</svg>",
                WIDTH,
                graph.rows * ROW,
                routes.size() == 1 ? "one route" : routes.size() + " routes",
                graph.frames);
    }

    private void addAll(List<Frame> siblings, double left, int row) {
        double x = left;
        for (Frame frame : siblings) {
            double width = frame.samples() * scale;
            if (width >= MIN_WIDTH) {
                add(frame, x, width, row);
            }
            x += width;
        }
    }

    private void add(Frame frame, double x, double width, int row) {
        rows = Math.max(rows, row + 1);
        frames.append(String.format(
                Locale.ROOT,
                "<g><title>%s: %s, of itself %s</title>"
                        + "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                escaped(frame.name()),
                Formats.percent(frame.samples() * scale, WIDTH),
                Formats.percent(frame.self() * scale, WIDTH),
                row == 0 ? "route" : frame.origin().name().toLowerCase(Locale.ROOT),
                x,
                row * ROW,
                width,
                ROW));
        String text = shortened(frame.name(), (int) ((width - SPACE) / CHARACTER));
        if (!text.isEmpty()) {
            frames.append(String.format(
                    Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>", x + 3, row * ROW + 13, escaped(text)));
        }
        frames.append("</g>");
        if (row + 1 < MAX_ROWS) {
            addAll(frame.children(), x, row + 1);
        }
    }

    /** Returns as much of a name as fits; nothing if that says nothing. */
    private static String shortened(String name, int length) {
        if (name.length() <= length) {
            return name;
        }
        return length < 4 ? "" : name.substring(0, length - 1) + "…";
    }

    private static String escaped(String name) {
        return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
