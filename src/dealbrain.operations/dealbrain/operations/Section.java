package dealbrain.operations;

import java.util.List;

/**
 * A part of the page with figures that others have: the pool, the cache, the counter of views.
 *
 * @param checks what of it is part of the answer to "is it well?"
 */
public record Section(String title, List<Figure> figures, List<Check> checks) {
    /**
     * One figure.
     *
     * @param value as a person reads it, with its unit
     * @param hint  a few words below it; may be empty
     */
    public record Figure(String name, String value, String hint) {}

    public Section {
        figures = List.copyOf(figures);
        checks = List.copyOf(checks);
    }
}
