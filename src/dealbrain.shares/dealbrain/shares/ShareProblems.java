package dealbrain.shares;

import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;

/** The problems of links. An unknown link, a revoked one and one to something else cannot be told apart. */
public final class ShareProblems {
    public static final ProblemType SHARE_NOT_FOUND = ProblemType.notFound(
            "share-not-found",
            "This link does not exist",
            "It was revoked, or it is incomplete. Ask the sender for a new one.");
    public static final ProblemType SHARE_EXPIRED = ProblemType.notFound(
            "share-expired", "The link has expired", "It was valid for a limited time. Ask the sender for a new one.");

    private ShareProblems() {}

    public static ProblemException notFound() {
        return new ProblemException(SHARE_NOT_FOUND, SHARE_NOT_FOUND.advice());
    }

    public static ProblemException expired() {
        return new ProblemException(SHARE_EXPIRED, SHARE_EXPIRED.advice());
    }
}
