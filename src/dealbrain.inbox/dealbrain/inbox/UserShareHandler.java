package dealbrain.inbox;

import dealbrain.accounts.Authentication;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.ItemService;
import dealbrain.http.Access;
import dealbrain.http.PageQuery;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.shares.ShareProblems;
import java.util.Map;

/** The endpoints under {@code /api/v1/user-shares}. */
public final class UserShareHandler {
    private final UserShareService shares;
    private final Authentication authentication;

    public UserShareHandler(UserShareService shares, Authentication authentication) {
        this.shares = shares;
        this.authentication = authentication;
    }

    public void routes(Router router) {
        String all = "/api/v1/user-shares";
        router.post(all, this::create)
                .access(Access.WRITE)
                .summary("Share a listing with another user")
                .body(UserShareInput.class)
                .creates(UserShare.class)
                .problems(UserShareService.SHARE_LIMIT);
        router.get(all, this::received)
                .summary("What was shared with me, newest first")
                .query(UserShareQuery.class)
                .returnsPageOf(UserShare.class);
        router.get(all + "/sent", this::sent)
                .summary("What I shared with others, newest first")
                .query(PageQuery.class)
                .returnsPageOf(UserShare.class);
        router.get(all + "/by-id/{id}", this::show)
                .summary("A share of mine by its id, as notifications name it")
                .returns(UserShare.class)
                .problems(ShareProblems.SHARE_NOT_FOUND);
        router.get(all + "/{share_token}", this::open)
                .access(Access.OPTIONAL)
                .summary("A share by its token: all of it for sender and recipient, a preview for others")
                .returns(UserShareView.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.post(all + "/{share_token}/import", this::importShare)
                .access(Access.WRITE)
                .summary("Put a received share into a collection of mine")
                .body(UserShareImport.class)
                .creates(CollectionItem.class)
                .problems(
                        ShareProblems.SHARE_NOT_FOUND,
                        ShareProblems.SHARE_EXPIRED,
                        UserShareService.NOT_RECIPIENT,
                        ItemService.DUPLICATE_ITEM);
        router.delete(all + "/{share_token}", this::delete)
                .access(Access.WRITE)
                .summary("Delete a share that I sent or received")
                .returnsNothing()
                .problems(ShareProblems.SHARE_NOT_FOUND);
    }

    Response create(Request request) {
        UserShareMade made = shares.create(authentication.user(request), request.body(UserShareInput.class));
        Response response =
                Response.created("/api/v1/user-shares/" + made.share().shareToken(), made.share());
        for (Map.Entry<String, String> header : made.limit().headers().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    Response received(Request request) {
        return Response.ok(shares.received(authentication.user(request), request.query(UserShareQuery.class)));
    }

    Response sent(Request request) {
        return Response.ok(shares.sent(
                authentication.user(request), request.query(PageQuery.class).page()));
    }

    Response show(Request request) {
        return Response.ok(shares.get(authentication.user(request), request.pathLong("id")));
    }

    Response open(Request request) {
        boolean looks = request.method().equals("GET"); // HEAD changes nothing
        return Response.ok(shares.open(request.pathText("share_token"), authentication.viewer(request), looks))
                .with("Referrer-Policy", "no-referrer")
                .with("X-Robots-Tag", "noindex");
    }

    Response importShare(Request request) {
        CollectionItem made = shares.importInto(
                request.body(UserShareImport.class).collectionId(),
                request.pathText("share_token"),
                authentication.user(request));
        return Response.created("/api/v1/collections/" + made.collectionId() + "/items/" + made.id(), made);
    }

    Response delete(Request request) {
        shares.delete(authentication.user(request), request.pathText("share_token"));
        return Response.noContent();
    }
}
