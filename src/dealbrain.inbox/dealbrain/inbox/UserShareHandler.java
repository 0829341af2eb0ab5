package dealbrain.inbox;

import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollections;
import dealbrain.http.Access;
import dealbrain.http.PageQuery;
import dealbrain.http.RateLimit;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.shares.ShareProblems;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/user-shares}. */
final class UserShareHandler {
    /** The body that imports a share into one of the recipient's collections; without an id, into "My Deals". */
    record UserShareImport(@Nullable Long collectionId) {}

    private static final String SHARES = "/api/v1/user-shares";

    private final UserShareService shares;
    private final Authentication authentication;

    UserShareHandler(UserShareService shares, Authentication authentication) {
        this.shares = shares;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.post(SHARES, this::create)
                .operation("createUserShare")
                .summary("Share a listing with another user")
                .body(UserShareInput.class)
                .creates(UserShare.class)
                .sends(RateLimit.HEADERS)
                .problems(UserShareService.SHARE_LIMIT);
        router.get(SHARES, this::listReceived)
                .operation("listReceivedUserShares")
                .summary("List the shares that you received, newest first")
                .query(UserShareQuery.class)
                .returnsPageOf(UserShare.class);
        router.get(SHARES + "/sent", this::listSent)
                .operation("listSentUserShares")
                .summary("List the shares that you sent, newest first")
                .query(PageQuery.class)
                .returnsPageOf(UserShare.class);
        router.get(SHARES + "/by-id/{id}", this::show)
                .operation("getUserShareById")
                .summary("Get a share that you sent or received by the id in its notification")
                .returns(UserShare.class)
                .problems(ShareProblems.SHARE_NOT_FOUND);
        router.get(SHARES + "/{share_token}", this::open)
                .access(Access.OPTIONAL)
                .operation("getUserShare")
                .summary("Get a share by its token: complete for sender and recipient, a preview for others")
                .returns(UserShareView.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.post(SHARES + "/{share_token}/import", this::importShare)
                .operation("importUserShare")
                .summary("Import the listing of a received share into one of your collections")
                .body(UserShareImport.class)
                .creates(CollectionItem.class)
                .problems(
                        ShareProblems.SHARE_NOT_FOUND,
                        ShareProblems.SHARE_EXPIRED,
                        UserShareService.NOT_RECIPIENT,
                        DealCollections.DUPLICATE_ITEM);
        router.delete(SHARES + "/{share_token}", this::delete)
                .operation("deleteUserShare")
                .summary("Delete a share that you sent or received")
                .returnsNothing()
                .problems(ShareProblems.SHARE_NOT_FOUND);
    }

    Response create(Request request) {
        UserShareService.Creation created =
                shares.create(authentication.user(request), request.body(UserShareInput.class));
        Response response = Response.created(SHARES + "/" + created.share().shareToken(), created.share());
        for (Map.Entry<String, String> header : created.limit().headers().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    Response listReceived(Request request) {
        return Response.ok(shares.listReceived(authentication.user(request), request.query(UserShareQuery.class)));
    }

    Response listSent(Request request) {
        return Response.ok(shares.listSent(authentication.user(request), request.query(PageQuery.class)));
    }

    Response show(Request request) {
        return Response.ok(shares.get(authentication.user(request), request.pathLong("id")));
    }

    Response open(Request request) {
        String token = request.pathText("share_token");
        boolean marksViewed = request.method().equals("GET"); // HEAD must not change anything
        return Response.ok(shares.open(authentication.viewer(request), token, marksViewed))
                .with("Referrer-Policy", "no-referrer")
                .with("X-Robots-Tag", "noindex");
    }

    Response importShare(Request request) {
        Long collectionId = request.body(UserShareImport.class).collectionId();
        User user = authentication.user(request);
        CollectionItem item = shares.importInto(user, request.pathText("share_token"), collectionId);
        return Response.created("/api/v1/collections/" + item.collectionId() + "/items/" + item.id(), item);
    }

    Response delete(Request request) {
        shares.delete(authentication.user(request), request.pathText("share_token"));
        return Response.noContent();
    }
}
