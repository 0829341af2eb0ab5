package dealbrain.caching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Draws faults in random order. Each occurs once before any occurs again, so that a run has faults of all kinds. */
final class FaultDeck {
    private final List<Consumer<Random>> faults;
    private final Deque<Consumer<Random>> left = new ArrayDeque<>();

    FaultDeck(List<Consumer<Random>> faults) {
        this.faults = faults;
    }

    /** Draws a fault and injects it. */
    void inject(Random random) {
        if (left.isEmpty()) {
            List<Consumer<Random>> shuffled = new ArrayList<>(faults);
            Collections.shuffle(shuffled, random);
            left.addAll(shuffled);
        }
        left.remove().accept(random);
    }
}
