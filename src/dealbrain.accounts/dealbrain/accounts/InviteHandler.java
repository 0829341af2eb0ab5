package dealbrain.accounts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.http.Access;
import dealbrain.http.PageQuery;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/invites}, for administrators. */
final class InviteHandler {
    private final InviteService invites;
    private final Authentication authentication;

    InviteHandler(InviteService invites, Authentication authentication) {
        this.invites = invites;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.post("/api/v1/invites", this::create)
                .access(Access.ADMIN)
                .operation("createInvite")
                .summary("Invite a person to sign up; the code is shown only once")
                .body(InviteInput.class)
                .creates(NewInvite.class);
        router.get("/api/v1/invites", this::list)
                .access(Access.ADMIN)
                .operation("listInvites")
                .summary("List invitations, newest first")
                .query(PageQuery.class)
                .returnsPageOf(Invite.class);
        router.delete("/api/v1/invites/{id}", this::delete)
                .access(Access.ADMIN)
                .operation("deleteInvite")
                .summary("Delete an invitation, whose code is invalid at once")
                .returnsNothing();
    }

    /** The input of an invitation. */
    record InviteInput(
            @Nullable
            @Size(min = 1, max = 200)
            @Pattern(regexp = TextPatterns.NOT_BLANK)
            @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
            String note,

            @Default("7") @Min(1) @Max(365) int expiresInDays) {}

    Response create(Request request) {
        NewInvite created = invites.create(authentication.user(request), request.body(InviteInput.class));
        return Response.created("/api/v1/invites/" + created.id(), created).with("Cache-Control", "no-store");
    }

    Response list(Request request) {
        return Response.ok(invites.list(request.query(PageQuery.class)));
    }

    Response delete(Request request) {
        invites.delete(authentication.user(request), request.pathLong("id"));
        return Response.noContent();
    }
}
