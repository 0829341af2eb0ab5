package dealbrain.web;

import dealbrain.http.Request;
import java.util.Arrays;
import java.util.Locale;

/**
 * What was done, said on the page that a form leads to: {@code ?done=saved}. Only these texts are shown, so that no
 * link makes a page say something else.
 */
enum Notice {
    TOO_LARGE_TO_KEEP("You are signed out, and what you sent is too large to keep here. Sign in in another tab, then go"
            + " back to the form and send it again."),
    SIGNED_OUT("You are signed out."),
    SAVED("Saved."),
    DELETED("Deleted."),
    OTHERS_SIGNED_OUT("All other sessions and tokens were ended."),
    ACCOUNT_DELETED("Your account is deleted."),
    IMPORTED("Imported into your collection."),
    COPIED("Copied to your collections."),
    ADDED("Added to the collection."),
    NOT_ADDED("The deal is saved, but it is not in the collection. Add it on this page."),
    NOTHING_CHOSEN("No deal was chosen. Tick the deals first."),
    LINK_CREATED("The link is ready. Everyone who has it can see the deal."),
    LINK_ENDED("The link has ended. Nobody can open it any more."),
    SENT("Sent."),
    CREATED("The collection is created."),
    REMOVED("The deal is removed from the collection."),
    COLLECTION_SHARED("The link is ready. Everyone who has it can see the collection."),
    PASSWORD_CHANGED("Your password is changed. All other sessions and tokens were ended.");

    private final String text;

    Notice(String text) {
        this.text = text;
    }

    /** Returns the notice that the query names; empty for none. */
    static String of(Request request) {
        String name = request.parameters().text("done").toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(each -> each.name().equals(name))
                .map(each -> each.text)
                .findFirst()
                .orElse("");
    }

    /** Returns the path of a page that shows this notice. */
    String on(String path) {
        return path + (path.contains("?") ? "&" : "?") + "done=" + name().toLowerCase(Locale.ROOT);
    }
}
