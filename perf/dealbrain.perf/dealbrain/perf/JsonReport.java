package dealbrain.perf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The report as JSON, for tools. */
final class JsonReport {
    private JsonReport() {}

    static String of(Report report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("day", report.day().toString());
        json.put("machine", Report.machine());
        json.put("passed", report.checks().stream().allMatch(CheckResult::isPassed));
        json.put("checks", report.checks().stream().map(JsonReport::check).toList());
        json.put("ratios", report.results().stream().map(JsonReport::result).toList());
        json.put("starts", report.starts().stream().map(JsonReport::start).toList());
        json.put("garbage_kilobytes", report.allocations());
        json.put("size_millis", report.readTimes());
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> check(CheckResult check) {
        return Map.of("text", check.text(), "passed", check.isPassed(), "fault", check.isPassed() ? "" : check.text());
    }

    private static Map<String, Object> result(BenchmarkResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("measured", result.benchmark().name());
        json.put("against", result.benchmark().baseline());
        json.put("goal", result.benchmark().goal().toString());
        if (result.ratio() != null) {
            json.put("ratio", result.ratio());
            json.put("met", result.isMet());
        }
        json.put("figures", result.values());
        return json;
    }

    private static Map<String, Object> start(StartupBenchmark.Result start) {
        return Map.of(
                "form",
                start.form(),
                "millis",
                start.millis(),
                "processor_millis",
                start.processorMillis(),
                "resident_megabytes",
                start.megabytes());
    }
}
