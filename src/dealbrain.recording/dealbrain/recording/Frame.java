package dealbrain.recording;

import java.util.List;

/**
 * A method with the samples that were taken in it or in the methods that it called, in one place of the call tree.
 *
 * @param name     class and method, as in {@code ListingRows.map}; the root is a route
 * @param samples  with those of the callees
 * @param self     without those of the callees
 * @param children the most samples first
 */
public record Frame(String name, Origin origin, long samples, long self, List<Frame> children) {
    /** Whose code a method is. */
    public enum Origin {
        APPLICATION,
        LIBRARY,
        JDK
    }

    public Frame {
        children = List.copyOf(children);
    }
}
