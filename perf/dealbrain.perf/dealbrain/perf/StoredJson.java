package dealbrain.perf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;

/** The report of {@link StoredBenchmark} as JSON, for tools. */
final class StoredJson {
    private StoredJson() {}

    static String of(StoredReport report) throws JsonProcessingException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("day", report.day().toString());
        json.put("machine", Report.machine());
        json.put("failures", report.failures());
        json.put("requests", report.results().stream().map(StoredJson::result).toList());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n";
    }

    private static Map<String, Object> result(StoredResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", result.request().kind());
        json.put("path", result.request().paths().getFirst());
        json.put("following", result.request().following());
        Map<String, Object> sizes = new LinkedHashMap<>();
        result.measured().forEach((size, at) -> sizes.put(size.toString(), at(at)));
        json.put("by_listings", sizes);
        json.put("ratio", result.ratio());
        json.put("goal", result.request().goal().toString());
        json.put("met", result.hasGoal() ? !result.isMissed() : null);
        return json;
    }

    private static Map<String, Object> at(StoredResult.Measured at) {
        Latencies latencies = at.latencies();
        return Map.of(
                "p50_millis",
                latencies.p50(),
                "p95_millis",
                latencies.p95(),
                "requests",
                latencies.count(),
                "rows",
                at.rows());
    }
}
