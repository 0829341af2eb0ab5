package dealbrain.recording;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link Frame} to which samples are added. Not thread-safe. */
final class FrameBuilder {
    private final Method method;
    private final Map<Method, FrameBuilder> children = new LinkedHashMap<>();
    private long samples;
    private long self;

    /** @param name class and method */
    record Method(String name, Frame.Origin origin) {}

    FrameBuilder(Method method) {
        this.method = method;
    }

    /** @param stack the outermost method first */
    void add(List<Method> stack) {
        FrameBuilder frame = this;
        frame.samples++;
        for (Method called : stack) {
            frame = frame.children.computeIfAbsent(called, FrameBuilder::new);
            frame.samples++;
        }
        frame.self++;
    }

    Frame build() {
        List<Frame> built = children.values().stream()
                .map(FrameBuilder::build)
                .sorted(Comparator.comparingLong(Frame::samples).reversed())
                .toList();
        return new Frame(method.name(), method.origin(), samples, self, built);
    }
}
