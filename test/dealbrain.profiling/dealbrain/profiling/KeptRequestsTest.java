package dealbrain.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.waterfall.Statement;
import dealbrain.waterfall.Waterfall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptRequestsTest {
    private static final long MILLI = 1_000_000;
    private static final Statement STATEMENT = new Statement("1", "SELECT gpu", "SELECT name FROM gpu", "GpuDao.find");

    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private boolean sampled;
    private final KeptRequests kept = new KeptRequests(() -> now, () -> sampled);

    @Test
    void areTheFiveSlowestOfEachRoute() {
        for (int millis : List.of(7, 1, 9, 3, 8, 2, 5)) {
            record("GET /things", millis + " ms", millis, 200);
        }
        record("GET /others", "other", 1, 200);

        assertEquals(List.of("9 ms", "8 ms", "7 ms", "5 ms", "3 ms", "other"), ids());
    }

    @Test
    void giveTheirPlaceToAnyOtherAfterAnHour() {
        for (int millis : List.of(50, 60, 70, 80, 90)) {
            record("GET /things", millis + " ms", millis, 200);
        }
        record("GET /things", "early", 1, 200);
        now = now.plus(Duration.ofHours(1));
        record("GET /things", "late", 1, 200);

        assertEquals(List.of("90 ms", "80 ms", "70 ms", "60 ms", "late"), ids());
    }

    @Test
    void areAlsoTheLastFiveThatFailed() {
        fillRoute();
        for (int i = 1; i <= 6; i++) {
            record("GET /things", "failed " + i, 1, i % 2 == 0 ? 500 : 503);
        }

        assertTrue(kept.find("failed 1").isEmpty());
        assertEquals(
                KeptRequest.Reason.FAILED, kept.find("failed 6").orElseThrow().reason());
        assertEquals(10, ids().size());
    }

    @Test
    void areAlsoSamples() {
        fillRoute();
        record("GET /things", "unlucky", 1, 200);
        sampled = true;
        for (int i = 0; i <= KeptRequests.SAMPLES; i++) {
            record("GET /things", "sample " + i, 1, 200);
        }

        assertTrue(kept.find("unlucky").isEmpty());
        assertTrue(kept.find("sample 0").isEmpty());
        assertEquals(
                KeptRequest.Reason.SAMPLE, kept.find("sample 1").orElseThrow().reason());
        assertEquals(5 + KeptRequests.SAMPLES, ids().size());
    }

    @Test
    void haveOneEntryIfAClientSendsAnIdTwice() {
        record("GET /things", "same", 5, 200);
        record("GET /others", "same", 7, 404);

        assertEquals(List.of("same"), ids());
        assertEquals("GET /others", kept.find("same").orElseThrow().route());
    }

    @Test
    void takeAtMostTwoMegabytesAndDropSamplesFirst() {
        sampled = true;
        fillRoute();
        record("GET /things", "sample", 1, 200);
        for (int route = 0; route < 100; route++) {
            for (int i = 0; i < 5; i++) {
                StatementScope scope = StatementScope.request("GET /" + route, route + "-" + i);
                IntStream.range(0, Waterfall.MAX_STEPS)
                        .forEach(_ -> scope.waterfall().addStatement(STATEMENT, MILLI, 1, null));
                kept.record(scope, (5 - i) * MILLI, 200);
            }
            if (route == 0) {
                assertTrue(kept.find("sample").isPresent());
            }
            assertTrue(kept.bytes() <= KeptRequests.MAX_BYTES);
        }

        assertTrue(kept.bytes() > KeptRequests.MAX_BYTES - 20_000);
        assertTrue(kept.find("sample").isEmpty());
        assertTrue(kept.find("99-0").isPresent());
        assertTrue(kept.find("0-0").isEmpty(), "the oldest is dropped");
    }

    @Test
    void reportWhatNoStepExplains() {
        StatementScope scope = StatementScope.request("GET /things", "id");
        scope.waterfall().addStatement(STATEMENT, 0, 3, "40001");
        kept.record(scope, 60_000 * MILLI, 409);

        RequestReport report = RequestReport.of(kept.find("id").orElseThrow());
        assertEquals(60_000, report.otherMs(), 1e-6);
        assertEquals("GpuDao.find", report.steps().getFirst().daoMethod());
        assertEquals("40001", report.steps().getFirst().sqlState());
        assertEquals(3L, report.steps().getFirst().rows());
        assertEquals("slow", report.kept());
    }

    private void fillRoute() {
        for (int i = 0; i < 5; i++) {
            record("GET /things", "slow " + i, 1000, 200);
        }
    }

    private void record(String route, String id, int millis, int status) {
        kept.record(StatementScope.request(route, id), millis * MILLI, status);
    }

    private List<String> ids() {
        return kept.all().stream().map(KeptRequest::requestId).toList();
    }
}
