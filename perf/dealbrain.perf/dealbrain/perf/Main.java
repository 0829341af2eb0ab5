package dealbrain.perf;

import java.util.Map;

final class Main {
    public static void main(String[] a) throws Exception {
        try (Progress progress = new Progress(); Site site = Site.open()) {
            if (a.length > 0 && a[0].equals("--checks")) {
                new Checks(site).all(progress).forEach(c -> System.out.println(c.line()));
                return;
            }
            Program service = site.service("service", Map.of());
            Program floor = site.own(FixedServer.class);
            if (a.length > 0 && a[0].equals("--serve")) {
                System.out.println("service " + service.pid() + " http://127.0.0.1:" + service.port() + "  floor " + floor.pid() + " http://127.0.0.1:" + floor.port() + "/3500");
                var _ = System.in.read();
                return;
            }
            Ratios ratios = new Ratios(site, service, floor, progress);
            for (Result r : ratios.all()) {
                System.out.printf("%s %-70s %-50s %-7s %-22s %s%n", r.verdict(), r.measured(), r.against(), r.goal(), r.ratioText(), r.figures());
            }
        }
    }
}
