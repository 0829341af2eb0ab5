package dealbrain.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.database.Database;
import dealbrain.testing.Concurrently;
import dealbrain.testing.LogLines;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatementProfilerTest extends ProfilerFixture {
    @Nested
    class Slow {
        @Test
        void areLoggedWithStatementRequestAndCallSite() {
            StatementProfiler profiler = install(FULL.withSlowThreshold(Duration.ofMillis(20)));

            in(profiler, request(), () -> dao.sleep(0.03));

            LogLines.Line line = slow().getFirst();
            assertTrue(
                    line.message().matches("SLOW QUERY \\(\\d+\\.\\d\\dms\\): SELECT 1 FROM pg_sleep\\(:seconds\\)"),
                    line.message());
            assertEquals("WARN", line.level());
            assertEquals(true, line.fields().get("slow_query"));
            assertTrue((double) line.fields().get("query_duration_ms") >= 20);
            assertEquals("SELECT 1 FROM pg_sleep(:seconds)", line.fields().get("query_statement"));
            assertEquals(1L, line.fields().get("rows"));
            assertEquals("SleepDao.sleep", line.fields().get("dao_method"));
            assertEquals("GET /things/{id}", line.fields().get("route"));
            assertEquals("request-1", line.fields().get("request_id"));
            assertTrue(
                    line.fields().get("call_site").toString().startsWith("StatementProfilerTest$Slow."),
                    line.fields()::toString);
            assertEquals(1, profiler.statements().getFirst().slowCount());
            assertEquals(1, slow().size());
        }

        /** Returns the lines about statements that have ended. On a busy machine, they may be logged before, too. */
        private List<LogLines.Line> slow() {
            return log.with("slow_query").stream()
                    .filter(line -> !line.fields().containsKey("still_running"))
                    .toList();
        }

        @Test
        void areErrorsAboveOneSecond() {
            StatementProfiler profiler = install(FULL);

            in(profiler, request(), () -> dao.sleep(1.01));

            assertEquals("ERROR", slow().getFirst().level());
        }

        @Test
        void followTheThresholdThatIsSet() {
            StatementProfiler profiler = install(FULL.withSlowThreshold(Duration.ofMinutes(1)));
            dao.sleep(0.01);
            assertEquals(List.of(), log.with("slow_query"));

            profiler.slowThreshold(Duration.ofMillis(5));
            dao.sleep(0.01);

            assertEquals(1, slow().size());
        }

        @Test
        void areReportedWhileTheyAreRunning() {
            StatementProfiler profiler = install(FULL.withSlowThreshold(Duration.ofMillis(10)));
            AtomicInteger before = new AtomicInteger();

            try (Database other = Database.open(database.url(), 1);
                    Handle holder = other.jdbi().open()) {
                holder.execute("SELECT pg_advisory_lock(7)");
                in(profiler, request(), () -> {
                    Thread watcher = Thread.startVirtualThread(() -> {
                        log.await(line -> line.fields().containsKey("still_running"));
                        before.set(log.all().size());
                        holder.execute("SELECT pg_advisory_unlock(7)"); // which ends the statement
                    });
                    dao.awaitLock(7);
                    join(watcher);
                });
            }

            assertEquals(1, before.get(), "the line came before the statement ended");
            assertEquals(1, log.with("still_running").size());
            assertEquals(1, slow().size());
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void haveTheirPlansLoggedByUnprofiledStatements() {
            StatementProfiler profiler =
                    install(FULL.withSlowThreshold(Duration.ofMillis(1)).withPlans());

            dao.sleep(0.01);
            LogLines.Line plan = log.await(line -> line.message().startsWith("plan of a slow query"));

            assertTrue(plan.message().contains("Function Scan on pg_sleep"), plan.message());
            assertEquals(
                    plan.fields().get("query_fingerprint"),
                    profiler.statements().getFirst().fingerprint());
            assertEquals(1, profiler.statements().size());
            StatementDetails details = profiler.statement(
                            profiler.statements().getFirst().fingerprint())
                    .orElseThrow();
            assertTrue(details.plan().text().contains("Function Scan"), details::toString);
        }

        @Test
        void haveGenericPlans() {
            install(FULL.withSlowThreshold(Duration.ofNanos(1)).withPlans());

            jdbi.useHandle(handle -> handle.createQuery("SELECT id FROM listing WHERE id = :id LIMIT :limit")
                    .bind("id", 7L)
                    .bind("limit", 3)
                    .mapTo(Long.class)
                    .list());

            LogLines.Line plan = log.await(line -> line.message().startsWith("plan of a slow query"));
            assertTrue(plan.message().contains("(id = $1)"), plan.message());
        }

        @Test
        void haveNoPlanAndNoCallSiteInProduction() {
            StatementProfiler profiler = install(ProfilerOptions.of(ProfilerMode.COUNT)
                    .withSlowThreshold(Duration.ofMillis(1))
                    .withPlans());

            in(profiler, request(), () -> dao.sleep(0.01));

            LogLines.Line line = slow().getFirst();
            assertFalse(line.fields().containsKey("call_site"));
            assertEquals("SleepDao.sleep", line.fields().get("dao_method"));
            profiler.close();
            assertNull(profiler.statement(profiler.statements().getFirst().fingerprint())
                    .orElseThrow()
                    .plan());
        }
    }

    @Nested
    class RepeatedQueries {
        @Test
        void areLoggedOnceWithTheFinalCount() {
            StatementProfiler profiler = install(FULL);

            assertEquals(15, in(profiler, request(), () -> {
                query(15);
                assertEquals(List.of(), log.all());
            }));

            LogLines.Line line = log.with("n_plus_one_warning").getFirst();
            assertEquals(1, log.all().size());
            assertEquals("Potential N+1 query detected: Same query pattern executed 15 times", line.message());
            assertEquals(true, line.fields().get("n_plus_one_warning"));
            assertEquals("SleepDao.numbers", line.fields().get("dao_method"));
            assertEquals("GET /things/{id}", line.fields().get("route"));
            assertTrue(
                    line.fields()
                            .get("call_site")
                            .toString()
                            .matches("ProfilerFixture.repeat\\(ProfilerFixture.java:\\d+\\)"),
                    line.fields()::toString);
            assertEquals(1, profiler.statements().getFirst().repeatedCount());
        }

        @Test
        void areLoggedAlsoWhenTheRequestFails() {
            StatementProfiler profiler = install(FULL);

            assertThrows(
                    IllegalStateException.class,
                    () -> in(profiler, request(), () -> {
                        query(10);
                        throw new IllegalStateException();
                    }));

            assertEquals(1, log.with("n_plus_one_warning").size());
        }

        @Test
        void areNotReportedBelowTheThresholdOrAcrossRequests() {
            StatementProfiler profiler = install(FULL);

            in(profiler, request(), () -> query(9));
            for (int i = 0; i < 100; i++) {
                in(profiler, request(), () -> query(1));
            }

            assertEquals(List.of(), log.all());
        }

        @Test
        void countABatchOnce() {
            StatementProfiler profiler = install(FULL);
            jdbi.useHandle(handle -> handle.execute("CREATE TABLE IF NOT EXISTS number (it integer)"));

            int count = in(
                    profiler,
                    request(),
                    () -> jdbi.useHandle(handle -> {
                        PreparedBatch batch = handle.prepareBatch("INSERT INTO number (it) VALUES (:it)");
                        for (int i = 0; i < 100; i++) {
                            batch.bind("it", i).add();
                        }
                        batch.execute();
                    }));

            assertEquals(1, count);
            assertEquals(List.of(), log.all());
        }

        @Test
        void areDistinguishedByTheirWholeText() {
            StatementProfiler profiler = install(FULL);
            String beginning = "SELECT '" + "x".repeat(200) + "', ";

            in(
                    profiler,
                    request(),
                    () -> jdbi.useHandle(handle -> {
                        for (int i = 0; i < 15; i++) {
                            handle.execute(beginning + i);
                        }
                    }));

            assertEquals(List.of(), log.all());
        }

        @Test
        void areNotDifferentStatementsWhoseTextsAreNotKept() {
            StatementProfiler profiler = install(FULL.withFailureOnRepeated());
            jdbi.useHandle(handle -> {
                for (int i = 0; i < StatementRegistry.MAX_STATEMENTS; i++) {
                    handle.execute("SELECT 'kept' AS kept" + i);
                }
            });

            in(
                    profiler,
                    request(),
                    () -> jdbi.useHandle(handle -> {
                        for (int i = 0; i < 15; i++) {
                            handle.execute("SELECT 'not kept' AS other" + i);
                        }
                    }));

            assertEquals(List.of(), log.all());
        }

        @Test
        void throwIfTheyFail() {
            StatementProfiler profiler = install(FULL.withRepeatedThreshold(3).withFailureOnRepeated());

            RepeatedStatementException raised =
                    assertThrows(RepeatedStatementException.class, () -> in(profiler, request(), () -> query(15)));

            assertTrue(
                    raised.getMessage()
                            .startsWith(
                                    "Potential N+1 query detected: Same query pattern executed 3 times: SELECT i FROM"),
                    raised.getMessage());
            assertTrue(List.of(raised.getStackTrace()).stream()
                    .anyMatch(frame -> frame.getMethodName().equals("repeat")));
        }

        @Test
        void areNotReportedWhereTheDaoMethodRepeatsByDesign() {
            StatementProfiler profiler = install(FULL);

            in(profiler, request(), () -> repeat(15, dao::page));
            in(profiler, StatementScope.job("sweep"), () -> repeat(15, dao::batch));

            assertEquals(List.of(), log.all());
        }

        @Test
        void areReportedInOtherWorkThanTheDaoMethodNames() {
            StatementProfiler profiler = install(FULL);

            in(profiler, request(), () -> repeat(15, dao::batch));

            assertEquals(
                    "SleepDao.batch",
                    log.with("n_plus_one_warning").getFirst().fields().get("dao_method"));
        }

        @Test
        void doNotThrowWhereTheDaoMethodRepeatsByDesign() {
            StatementProfiler profiler = install(FULL.withFailureOnRepeated());

            assertEquals(15, in(profiler, request(), () -> repeat(15, dao::page)));
            assertThrows(RepeatedStatementException.class, () -> in(profiler, request(), () -> repeat(15, dao::batch)));
        }
    }

    @Nested
    class Scopes {
        @Test
        void areSeparateForEachThread() {
            StatementProfiler profiler = install(FULL);

            List<String> outcomes =
                    Concurrently.run(8, number -> assertEquals(number, in(profiler, request(), () -> query(number))));

            assertEquals(Collections.nCopies(8, "ok"), outcomes);
        }

        @Test
        void endWithTheWork() {
            StatementProfiler profiler = install(FULL);
            in(profiler, request(), () -> assertTrue(StatementProfiler.current().isPresent()));

            assertEquals(Optional.empty(), StatementProfiler.current());
        }

        @Test
        void countOnlyTheirOwnStatementsWhenNested() {
            StatementProfiler profiler = install(FULL);

            int outer = in(profiler, request(), () -> {
                query(1);
                assertEquals(2, in(profiler, StatementScope.job("inner"), () -> query(2)));
            });

            assertEquals(1, outer);
        }
    }

    @Test
    void neverLogsParameterValues() {
        StatementProfiler profiler =
                install(FULL.withSlowThreshold(Duration.ofNanos(1)).withRepeatedThreshold(2));

        in(
                profiler,
                request(),
                () -> jdbi.useHandle(handle -> {
                    for (int i = 0; i < 3; i++) {
                        handle.createQuery("SELECT :secret::text")
                                .bind("secret", "topsecret")
                                .mapTo(String.class)
                                .one();
                    }
                }));

        assertEquals(1, log.with("n_plus_one_warning").size());
        assertTrue(log.with("slow_query").size() >= 3, "each is slow, and may be reported while it runs too");
        assertFalse(log.all().toString().contains("topsecret"), log.all()::toString);
        assertFalse(profiler.statements().toString().contains("topsecret"));
    }
}
