package dealbrain.operations;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.AuditAction;
import dealbrain.accounts.AuditTarget;
import dealbrain.http.Access;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import dealbrain.recording.Recordings;
import dealbrain.recording.RouteSamples;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recordings by Java Flight Recorder: as a file, and as a flame graph of each route. One at a time. */
final class RecordingHandler {
    private static final String JFR = "application/octet-stream";
    private static final int MAX_PAGE_SECONDS = 30;
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    record RecordingInput(
            @Default("10") @Min(1) @Max(Recordings.MAX_SECONDS)
            int seconds) {}

    record FlamesQuery(
            @Default("10") @Min(1) @Max(MAX_PAGE_SECONDS) int seconds) {}

    private final Recordings recordings;
    private final Accounts accounts;

    RecordingHandler(Recordings recordings, Accounts accounts) {
        this.recordings = recordings;
        this.accounts = accounts;
    }

    void routes(Router router) {
        router.post("/api/v1/ops/recordings", this::record)
                .access(Access.ADMIN)
                .operation("createRecording")
                .summary("Record what the server does, by Java Flight Recorder, and download the file")
                .body(RecordingInput.class)
                .produces(JFR)
                .streams()
                .sends(List.of("Content-Disposition"))
                .returns(String.class)
                .problems(ProblemType.CONFLICT);
        router.get("/ops/flames", this::flames)
                .access(Access.OPERATOR)
                .operation("getFlameGraphPage")
                .linked()
                .summary("Record for some seconds, and show a flame graph of each route")
                .query(FlamesQuery.class)
                .produces(Response.HTML)
                .returns(String.class)
                .problems(ProblemType.CONFLICT);
    }

    /** The file is deleted when it is open, so that nothing remains of it if the client disconnects. */
    Response record(Request request) {
        int seconds = request.body(RecordingInput.class).seconds();
        String name = "dealbrain-" + FILE_TIME.format(Instant.now()) + ".jfr";
        InputStream recording = record(request, seconds, file -> new FileInputStream(file.toFile()));
        return new Response(
                200,
                Map.of("Content-Disposition", "attachment; filename=\"" + name + "\"", "Cache-Control", "no-store"),
                new Response.Body.Stream(
                        out -> {
                            try (recording) {
                                recording.transferTo(out);
                            }
                        },
                        JFR));
    }

    Response flames(Request request) {
        int seconds = request.query(FlamesQuery.class).seconds();
        return FlamesPage.of(record(request, seconds, RouteSamples::read), seconds, request.publicUrl());
    }

    private <T> T record(Request request, int seconds, Recordings.FileReader<T> reader) {
        accounts.auditLog()
                .record(
                        AuditAction.RECORDING_CREATED,
                        accounts.authentication().user(request),
                        AuditTarget.of("profiler"),
                        Map.of("seconds", seconds));
        try {
            return recordings
                    .record(Duration.ofSeconds(seconds), reader)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.CONFLICT, "another recording is being made; send the request again later"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
