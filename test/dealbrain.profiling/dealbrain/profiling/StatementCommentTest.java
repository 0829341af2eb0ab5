package dealbrain.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementCommentTest extends ProfilerFixture {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT 1                     | SELECT /* GpuDao.find */ 1
                    with a AS (SELECT 1) TABLE a | with /* GpuDao.find */ a AS (SELECT 1) TABLE a
                    (SELECT 1)                   | (SELECT 1)
                    """)
    void followsTheFirstWord(String sql, String commented) {
        assertEquals(commented, StatementComment.add(sql, "GpuDao.find"));
    }

    @Test
    void leavesOutNamesThatCouldEndIt() {
        assertEquals("SELECT 1", StatementComment.add("SELECT 1", "a */ b"));
        assertEquals("SELECT 1", StatementComment.add("SELECT 1", "a?"));
    }

    @Test
    void isInTheTextOfAPreparedStatement() {
        install(ProfilerOptions.of(ProfilerMode.COUNT));

        List<String> prepared = jdbi.inTransaction(handle -> {
            SleepDao attached = handle.attach(SleepDao.class);
            attached.page(1);
            attached.page(2);
            return handle.createQuery("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%anywhere%'"
                            + " AND statement NOT LIKE '%pg_prepared%'")
                    .mapTo(String.class)
                    .list();
        });

        assertEquals(List.of("SELECT /* SleepDao.page */ 'anywhere' || $1"), prepared);
    }

    @Test
    void doesNotChangeTheFingerprint() {
        StatementProfiler profiler = install(ProfilerOptions.of(ProfilerMode.COUNT));

        dao.page(1);

        assertEquals(
                SqlText.of("SELECT 'anywhere' || :page").fingerprint(),
                profiler.statements().getFirst().fingerprint());
    }
}
