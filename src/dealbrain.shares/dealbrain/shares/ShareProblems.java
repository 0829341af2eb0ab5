package dealbrain.shares;

import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;

/** The problems of links. An unknown token, a revoked one and one of another thing are told alike. */
public final class ShareProblems {
    public static final ProblemType SHARE_NOT_FOUND = ProblemType.notFound(
            "share-not-found",
            "There is nothing behind this link",
            "The link was revoked, or it is not complete. Ask whoever gave it to you for a new one.");
    public static final ProblemType SHARE_EXPIRED = ProblemType.notFound(
            "share-expired",
            "The link has expired",
            "It was made for a limited time. Ask whoever gave it to you for a new one.");

    private ShareProblems() {}

    public static ProblemException notFound() {
        return new ProblemException(
                SHARE_NOT_FOUND, "there is nothing behind this link; it may have been revoked, or is not complete");
    }

    public static ProblemException expired() {
        return new ProblemException(SHARE_EXPIRED, "this link has expired; ask whoever gave it to you for a new one");
    }
}
