package dealbrain.waterfall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaterfallTest {
    private static final long MILLI = 1_000_000;
    private static final Statement STATEMENT = new Statement("1", "SELECT gpu", "SELECT name FROM gpu", "GpuDao.find");

    private final long start = System.nanoTime();
    private final Waterfall waterfall = Waterfall.start();

    @Test
    void isThatOfTheWorkOfThisThread() {
        assertSame(Waterfall.NONE, Waterfall.current());
        assertSame(waterfall, Waterfall.call(waterfall, Waterfall::current));
        assertSame(Waterfall.NONE, Waterfall.call(waterfall, () -> Waterfall.call(Waterfall.NONE, Waterfall::current)));
    }

    @Test
    void recordsWaitsOfTheCurrentRequestOnly() {
        long before = System.nanoTime() - MILLI;
        Waterfall.record(StepKind.JSON, before);
        Waterfall.call(waterfall, () -> {
            Waterfall.record(StepKind.CONNECTION, before);
            return waterfall;
        });

        assertEquals(List.of(StepKind.CONNECTION), kinds());
    }

    @Test
    void leavesOutStepsThatAreTooShortToMatter() {
        Waterfall.call(waterfall, () -> {
            Waterfall.record(StepKind.JSON, System.nanoTime() + MILLI); // no step is shorter
            return waterfall;
        });

        assertEquals(List.of(), waterfall.steps());
    }

    @Test
    void joinsTheWritesOfAStream() {
        waterfall.add(StepKind.SOCKET, start, start + 2 * MILLI);
        waterfall.add(StepKind.SOCKET, start + 3 * MILLI, start + 4 * MILLI);
        waterfall.add(StepKind.JSON, start + 4 * MILLI, start + 5 * MILLI);
        waterfall.add(StepKind.SOCKET, start + 9 * MILLI, start + 10 * MILLI);

        List<Step> steps = waterfall.steps();
        assertEquals(List.of(StepKind.SOCKET, StepKind.JSON, StepKind.SOCKET), kinds());
        assertEquals(2, steps.getFirst().count());
        assertEquals(4 * MILLI, steps.getFirst().nanos());
        assertEquals(3 * MILLI, steps.getFirst().activeNanos());
    }

    @Test
    void showsALockAfterItsStatement() {
        waterfall.addStatement(STATEMENT, 5 * MILLI, 1, null);
        waterfall.addLock(STATEMENT, System.nanoTime() - MILLI, MILLI);

        assertEquals(List.of(StepKind.STATEMENT, StepKind.LOCK), kinds());
    }

    @Test
    void countsTheStepsThatItDoesNotKeep() {
        for (int i = 0; i < Waterfall.MAX_STEPS + 3; i++) {
            waterfall.addStatement(STATEMENT, MILLI, 1, null);
        }

        assertEquals(Waterfall.MAX_STEPS, waterfall.steps().size());
        assertEquals(3, waterfall.omitted());
    }

    private List<StepKind> kinds() {
        return waterfall.steps().stream().map(Step::kind).toList();
    }
}
