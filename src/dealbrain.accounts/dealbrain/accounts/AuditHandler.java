package dealbrain.accounts;

import dealbrain.http.Access;
import dealbrain.http.CountMode;
import dealbrain.http.PagedQuery;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The endpoint {@code /api/v1/ops/audit}, for administrators. */
final class AuditHandler {
    private final AuditLog audit;

    AuditHandler(AuditLog audit) {
        this.audit = audit;
    }

    void routes(Router router) {
        router.get("/api/v1/ops/audit", this::list)
                .access(Access.ADMIN)
                .operation("listAuditEntries")
                .summary("The audit log: what administrators did, and sign-ins, newest first")
                .query(AuditQuery.class)
                .returnsPageOf(AuditEntry.class);
    }

    /**
     * The query of the audit log.
     *
     * @param user  a username, in upper or lower case: what this user did, and what was done to it
     * @param since includes this time, {@code until} does not
     */
    record AuditQuery(
            @Nullable @Size(min = 2, max = 64) String user,

            @Nullable AuditAction action,
            @Nullable Instant since,
            @Nullable Instant until,
            @Default("20") @Min(1) @Max(100) int limit,
            @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
            @Nullable @Size(max = MAX_CURSOR) String cursor,
            @Default("\"limited\"") CountMode count)
            implements PagedQuery {}

    Response list(Request request) {
        return Response.ok(audit.list(request.query(AuditQuery.class))).with("Cache-Control", "no-store");
    }
}
