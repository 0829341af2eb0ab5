package dealbrain.collections;

import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoint that copies a collection. */
final class CopyHandler {
    private final CopyService copies;
    private final Authentication authentication;

    CopyHandler(CopyService copies, Authentication authentication) {
        this.copies = copies;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.post("/api/v1/collections/{id}/copy", this::copy)
                .operation("copyCollection")
                .summary("Copy your own or a public collection to a new private one")
                .body(CopyInput.class)
                .creates(DealCollection.class);
    }

    Response copy(Request request) {
        User user = authentication.user(request);
        DealCollection copy = copies.copy(
                user, request.pathLong("id"), request.body(CopyInput.class).name());
        return Response.created("/api/v1/collections/" + copy.id(), copy);
    }
}
