package dealbrain.web;

import dealbrain.accounts.Accounts;
import dealbrain.http.ApiCalls;
import dealbrain.http.Router;
import java.util.List;
import java.util.Optional;

/** The pages for people who are signed in, the start page, and the pages to sign in and up. Thread-safe. */
public final class Web {
    private final Accounts accounts;
    private final boolean signupOpen;
    private final Optional<String> userHeader;

    /**
     * Creates the pages.
     *
     * @param signupOpen whether everyone can sign up, or only with an invitation
     * @param userHeader the header in which a trusted proxy sends the username, for single sign-on
     */
    public Web(Accounts accounts, boolean signupOpen, Optional<String> userHeader) {
        this.accounts = accounts;
        this.signupOpen = signupOpen;
        this.userHeader = userHeader;
    }

    /** Adds the pages. They call the API routes of the same router. */
    public void routes(Router router) {
        ApiCalls api = new ApiCalls(router, accounts.authentication());
        PageFrame frame = new PageFrame(accounts.sessions(), signupOpen);
        ProxySignIn proxy = new ProxySignIn(accounts, userHeader);
        Pages pages = new Pages(router, accounts.sessions(), proxy, frame);
        Assets.routes(router);
        new StartPage(api, accounts.sessions(), frame).routes(pages);
        new EntryPages(accounts.sessions(), frame)
                .routes(
                        pages,
                        List.of(new SignIn(accounts.sessions()), new SignUp(api, accounts.sessions(), signupOpen)));
        new DealsPage(api, frame).routes(pages);
        new NewDealPage(api, frame).routes(pages);
        new DealPage(api, accounts.sessions(), frame).routes(pages);
        new EditDealPage(api, accounts.sessions(), frame).routes(pages);
        new PasswordPage(api, accounts.sessions(), frame).routes(pages);
        new AccountPages(api, accounts.sessions(), frame).routes(pages);
        new TokenPage(api, accounts.sessions(), frame).routes(pages);
        new InboxPages(api, frame).routes(pages);
        new SharePages(api, frame).routes(pages);
        new DiscoverPage(api, frame).routes(pages);
        new UserPages(api, frame).routes(pages);
        new AdminPages(api, frame).routes(pages);
        collections(api, frame, pages);
    }

    private void collections(ApiCalls api, PageFrame frame, Pages pages) {
        new WorkspacePage(api, accounts.sessions(), frame, new Workspace()).routes(pages);
        new CollectionPages(api, accounts.sessions(), frame).routes(pages);
        new CollectionLinksPage(api, frame).routes(pages);
        new ItemPage(api, frame).routes(pages);
        new ImportPage(api, frame).routes(pages);
        new SavePage(api, accounts.sessions(), frame).routes(pages);
    }
}
