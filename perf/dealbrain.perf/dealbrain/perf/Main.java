package dealbrain.perf;

import dealbrain.database.DatabaseUrl;
import dealbrain.database.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class Main {
    public static void main(String[] a) throws Exception {
        Path build = Path.of("build", "perf");
        try (EmbeddedPostgres pg = new EmbeddedPostgres(build.resolve("data").toAbsolutePath(), Path.of("build", "postgres").toAbsolutePath(), false)) {
            DatabaseUrl url = pg.start();
            try (var c = Databases.connect(url); var s = c.createStatement()) {
                s.execute("DROP DATABASE IF EXISTS perf WITH (FORCE)");
                s.execute("CREATE DATABASE perf");
            }
            url = url.withName("perf");
            long t = System.nanoTime();
            DataSet.load(url);
            System.err.println("loaded in " + (System.nanoTime() - t) / 1_000_000 + " ms " + url.jdbcUrl());
            int port = Program.freePort();
            Map<String, String> env = new HashMap<>(Map.of("PORT", "" + port, "DATABASE_URL", "postgresql://" + url.user() + ":" + url.password() + "@"
                    + url.jdbcUrl().replaceFirst("jdbc:postgresql://", "").replaceFirst("\\?.*", ""), "DEALBRAIN_ENV", "production", "DEALBRAIN_DEMO", "off", "DEALBRAIN_ADMIN_PASSWORD", "correct horse battery"));
            try (Program app = Program.start(Program.java("dealbrain.app", System.getProperty("vm", "-Xshare:auto").split(" ")), env, port, build.resolve("service.log"));
                    BareStatement bare = BareStatement.collection(url, 3, 200)) {
                Http get = Http.mine(DataSet.OF_150.path());
                System.err.println("pid " + app.pid() + " port " + port);
                if (a.length > 0 && a[0].equals("keep")) { System.in.read(); return; }
                new Load(app.address(), 4, get).run(Duration.ofSeconds(Integer.getInteger("warm", 15)));
                List<Double> ratios = new ArrayList<>();
                int rounds = Integer.getInteger("rounds", 6);
                for (int i = 0; i < rounds + 2; i++) {
                    if (i == 2 && Boolean.getBoolean("jfr")) { jcmd(app, "JFR.start", "settings=profile", "name=x", "jdk.CPUTimeSample#enabled=true", "jdk.CPUTimeSample#throttle=2ms"); }
                    Latencies b = bare.run(Duration.ofSeconds(2));
                    Duration c0 = app.processorTime();
                    Latencies h = new Load(app.address(), 1, get).run(Duration.ofSeconds(2));
                    double cpu = app.processorTime().minus(c0).toMillis() / (double) h.count();
                    System.err.printf("bare %.2f  http %.2f p99 %.2f cpu %.2f ratio %.2f%n", b.p50(), h.p50(), h.p99(), cpu, h.p50() / b.p50());
                    if (i >= 2) { ratios.add(h.p50() / b.p50()); }
                }
                if (Boolean.getBoolean("jfr")) { jcmd(app, "JFR.dump", "name=x", "filename=/tmp/w/perf-x.jfr"); }
                ratios.sort(null);
                System.err.printf("ratio %.2f (%.2f..%.2f)%n", ratios.get(ratios.size() / 2), ratios.getFirst(), ratios.getLast());
            }
        }
    }

    static void jcmd(Program app, String... args) throws Exception {
        List<String> c = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/jcmd", "" + app.pid()));
        c.addAll(List.of(args));
        new ProcessBuilder(c).inheritIO().start().waitFor();
    }
}
