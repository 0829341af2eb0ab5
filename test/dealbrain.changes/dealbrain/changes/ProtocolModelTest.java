package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.changes.ProtocolModel.Rule;
import dealbrain.changes.ProtocolModel.Scenario;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches all interleavings of the protocol's steps. Prints the shortest trace to a stale read without each rule. */
class ProtocolModelTest {
    @ParameterizedTest
    @EnumSource
    void noReadAfterAnAcknowledgementIsStale(Scenario scenario) {
        ProtocolModel model = new ProtocolModel(scenario, EnumSet.allOf(Rule.class));
        List<String> trace = model.findStaleRead();
        System.out.println(
                "protocol, " + scenario + ": " + model.visited() + " states, " + model.uses() + " uses of entries");

        assertEquals(List.of(), trace);
        assertTrue(model.uses() > 1000);
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleIsNecessary(Rule rule) {
        Set<Rule> others = EnumSet.complementOf(EnumSet.of(rule));
        List<String> trace = new ProtocolModel(rule.scenario(), others).findStaleRead();
        System.out.println("protocol without " + rule + ": " + String.join(", ", trace));

        assertFalse(trace.isEmpty());
    }
}
