package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.changes.ProtocolModel.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of what two programs, two changes, a late reader and a Redis with a memory of its own can do. */
class ProtocolModelTest {
    @Test
    void noReadThatBeginsAfterAnAcknowledgementIsOlder() {
        ProtocolModel model = new ProtocolModel(EnumSet.allOf(Rule.class));
        List<String> trace = model.findOlderRead();
        System.out.println("protocol: " + model.visited() + " states, " + model.uses()
                + " kept values used, none older than acknowledged");

        assertEquals(List.of(), trace);
        assertTrue(model.uses() > 1000);
    }

    @ParameterizedTest
    @EnumSource
    void eachRuleIsNeeded(Rule rule) {
        Set<Rule> others = EnumSet.complementOf(EnumSet.of(rule));
        List<String> trace = new ProtocolModel(others).findOlderRead();
        System.out.println("protocol without " + rule + ": " + String.join(", ", trace));

        assertFalse(trace.isEmpty());
    }
}
