package dealbrain.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.background.WorkerState;
import dealbrain.changes.ChangeStatus;
import dealbrain.operations.HealthCheck.Status;
import dealbrain.standby.StandbyStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DegradationChecksTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ChangeStatus GOOD = new ChangeStatus(true, 1, false, Optional.empty());
    private static final WorkerState WORKS =
            new WorkerState("mill", true, Optional.of(NOON), Optional.empty(), Optional.empty());
    private static final WorkerState FAILS = new WorkerState(
            "mill", true, Optional.of(NOON), Optional.of(NOON.plusSeconds(61)), Optional.of("Key (name)=(secret)"));
    private static final WorkerState DEAD =
            new WorkerState("saw", false, Optional.empty(), Optional.empty(), Optional.empty());

    private static DegradationChecks checks(String redis, ChangeStatus changes, WorkerState... workers) {
        return checks(redis, changes, Optional.empty(), workers);
    }

    private static DegradationChecks checks(
            String redis, ChangeStatus changes, Optional<StandbyStatus> standby, WorkerState... workers) {
        return new DegradationChecks(
                () -> redis, () -> "EVAL failed: NOPERM", () -> changes, () -> standby, () -> List.of(workers));
    }

    @Test
    void areOkWhileEverythingWorks() {
        assertEquals(
                List.of(Status.OK, Status.OK, Status.OK, Status.OK, Status.OK),
                checks("none", GOOD, WORKS).all().stream()
                        .map(HealthCheck::status)
                        .toList());
        assertEquals(Status.OK, checks("closed", GOOD).redis().status());
    }

    @Test
    void warnIfRedisIsUnavailable() {
        HealthCheck open = checks("half_open", GOOD).redis();
        assertEquals(Status.WARN, open.status());
        assertEquals("unavailable (EVAL failed: NOPERM); the cache uses memory only", open.detail());
        HealthCheck partial = checks("partial", GOOD).redis();
        assertEquals(Status.WARN, partial.status());
        assertTrue(partial.detail().contains("some nodes"), partial.detail());
    }

    @Test
    void warnIfTheStandbyIsNotUsed() {
        assertEquals(Status.OK, standby(null, Duration.ZERO).status());
        assertEquals("used, up to date", standby(null, Duration.ZERO).detail());
        assertEquals(
                "used, 1.50 s behind", standby(null, Duration.ofMillis(1500)).detail());
        HealthCheck unused = standby("the server is not a standby", null);
        assertEquals(Status.WARN, unused.status());
        assertEquals("not used: the server is not a standby; the primary loads all pages", unused.detail());
    }

    private static HealthCheck standby(@Nullable String outage, @Nullable Duration lag) {
        StandbyStatus status = new StandbyStatus(Optional.ofNullable(outage), Optional.ofNullable(lag), 1, 2, 3);
        return checks("none", GOOD, Optional.of(status)).standby();
    }

    @Nested
    class OfTheChangeLog {
        private static DegradationChecks checks(boolean trusted, boolean left, Duration oldest) {
            return DegradationChecksTest.checks("none", new ChangeStatus(trusted, 2, left, Optional.of(oldest)));
        }

        @Test
        void warnIfTheCacheIsNotUsed() {
            HealthCheck check = checks(false, false, Duration.ofSeconds(1)).changeLog();
            assertEquals(Status.WARN, check.status());
            assertTrue(check.detail().contains("the cache is not used"), check.detail());
        }

        @Test
        void nameTheReasonIfThisInstanceIsTooSlow() {
            HealthCheck check = checks(false, true, Duration.ofSeconds(1)).changeLog();
            assertEquals(Status.WARN, check.status());
            assertTrue(check.detail().contains("too slow"), check.detail());
        }

        @Test
        void warnAboutATransactionOfMoreThanFiveMinutes() {
            assertEquals(
                    Status.OK,
                    checks(true, false, Duration.ofMinutes(5)).transactions().status());
            HealthCheck check = checks(true, false, Duration.ofMinutes(7)).transactions();
            assertEquals(Status.WARN, check.status());
            assertTrue(check.detail().contains("7 min"), check.detail());
        }
    }

    @Nested
    class OfBackgroundThreads {
        @Test
        void nameTheThreadAndNotItsFailure() {
            HealthCheck check = checks("none", GOOD, WORKS, FAILS).backgroundThreads();
            assertEquals(new HealthCheck("Background threads", Status.WARN, "mill fails since 12:01:01 UTC"), check);
        }

        @Test
        void areBadIfAThreadHasEnded() {
            HealthCheck check = checks("none", GOOD, FAILS, DEAD).backgroundThreads();
            assertEquals(Status.BAD, check.status());
            assertTrue(check.detail().contains("mill"), check.detail());
            assertTrue(check.detail().contains("saw has ended"), check.detail());
        }

        @Test
        void showTheFailureOnTheDashboardOnly() {
            Panel panel = new BackgroundPanel(
                            checks("none", GOOD, WORKS, FAILS, DEAD), InstantSource.fixed(NOON.plusSeconds(90)))
                    .get();
            assertEquals(
                    List.of(
                            new Panel.Metric("mill", "works", "last run 1 min ago"),
                            new Panel.Metric("mill", "fails", "Key (name)=(secret)"),
                            new Panel.Metric("saw", "has ended", "has not run yet")),
                    panel.metrics());
            assertFalse(panel.checks().toString().contains("secret"));
        }
    }
}
