package dealbrain.profiling;

import dealbrain.database.RepeatedByDesign;
import dealbrain.testing.LogLines;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A profiled database with slow and fast statements, and the log of the profiler. */
abstract class ProfilerFixture {
    interface SleepDao {
        @SqlQuery("SELECT 1 FROM pg_sleep(:seconds)")
        int sleep(@Bind("seconds") double seconds);

        @SqlQuery("SELECT 1 FROM pg_advisory_xact_lock_shared(:key)")
        int awaitLock(@Bind("key") long key);

        @SqlQuery("SELECT i FROM generate_series(1, :count, CASE WHEN :count < 0 THEN 0 ELSE 1 END) i")
        List<Integer> numbers(@Bind("count") int count);

        @SqlQuery("SELECT 'anywhere' || :page")
        @RepeatedByDesign("a test")
        String page(@Bind("page") int page);

        @SqlQuery("SELECT 'in the sweep' || :page")
        @RepeatedByDesign(value = "a test", during = "sweep")
        String batch(@Bind("page") int page);
    }

    static final ProfilerOptions FULL = ProfilerOptions.of(ProfilerMode.FULL);

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    final LogLines log = new LogLines("dealbrain.profiling");

    final Jdbi jdbi = database.jdbi();
    final SleepDao dao = jdbi.onDemand(SleepDao.class);
    private Optional<StatementProfiler> installed = Optional.empty();

    StatementProfiler install(ProfilerOptions options) {
        StatementProfiler profiler = new StatementProfiler(options);
        profiler.install(jdbi);
        installed = Optional.of(profiler);
        return profiler;
    }

    @AfterEach
    void close() {
        installed.ifPresent(StatementProfiler::close);
        database.closePool(); // DAOs keep the profiler that is installed at their first call
    }

    static StatementScope request() {
        return StatementScope.request("GET /things/{id}", "request-1");
    }

    void query(int times) {
        repeat(times, dao::numbers);
    }

    static void repeat(int times, IntConsumer work) {
        for (int i = 0; i < times; i++) {
            work.accept(i);
        }
    }

    /** Does the work in the scope and returns the number of its statements. */
    int in(StatementProfiler profiler, StatementScope scope, Runnable work) {
        return profiler.run(scope, () -> {
            work.run();
            return scope.count();
        });
    }
}
