package dealbrain.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** The endpoint that exports everything that is a user's own. */
final class UserExportHandler {
    /** The file, for the OpenAPI document; {@link UserExport} writes it. */
    record UserFile(
            String format,
            int version,
            Instant exportedAt,
            ObjectNode profile,
            List<ObjectNode> tokens,
            List<ObjectNode> listings,
            List<ObjectNode> collections,
            List<ObjectNode> collectionItems,
            List<ObjectNode> listingLinks,
            List<ObjectNode> collectionLinks,
            List<ObjectNode> sharesSent,
            List<ObjectNode> sharesReceived,
            List<ObjectNode> notifications,
            List<ObjectNode> auditEntries) {}

    private final Jdbi jdbi;
    private final Authentication authentication;

    UserExportHandler(Jdbi jdbi, Authentication authentication) {
        this.jdbi = jdbi;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.get("/api/v1/users/me/export", this::export)
                .operation("exportUser")
                .summary("Export everything that is mine as one file")
                .streams()
                .sends(List.of("Content-Disposition"))
                .returns(UserFile.class);
    }

    Response export(Request request) {
        User user = authentication.user(request);
        return new Response(
                200,
                Map.of("Content-Disposition", FileName.attachment(user.username() + ".json")),
                new Response.Body.Stream(new UserExport(jdbi, user.id()), Response.JSON));
    }
}
