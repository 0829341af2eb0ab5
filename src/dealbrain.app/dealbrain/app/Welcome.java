package dealbrain.app;

import java.io.PrintStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person reads in the terminal when the program has started.
 *
 * @param adminPassword one that was made at this start, shown this once
 * @param demo          a token of the demo user and the id of the collection, where there is a demo
 */
record Welcome(Config config, int port, Optional<String> adminPassword, Optional<DemoAccess> demo) {
    /** What one needs to try the demo. */
    record DemoAccess(String token, long collectionId) {}

    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

    Welcome(Config config, int port, Optional<String> adminPassword) {
        this(config, port, adminPassword, Optional.empty());
    }

    Welcome with(Demo data) {
        data.load();
        return new Welcome(
                config,
                port,
                adminPassword,
                Optional.of(new DemoAccess(data.token(config.dataDir()), data.collectionId())));
    }

    /** In production one line of the log, for what reads the log; else a text for people. */
    void tell(PrintStream out) {
        if (config.isProduction()) {
            LOG.atInfo()
                    .addKeyValue("url", config.localUrl(port))
                    .addKeyValue("public_url", config.urlOn(port))
                    .log("started");
            adminPassword.ifPresent(password -> out.println(
                    "{\"message\":\"made the user admin\",\"password_shown_this_once\":\"" + password + "\"}"));
        } else {
            out.println(text());
        }
        out.flush();
    }

    private String text() {
        String url = config.localUrl(port);
        StringBuilder text = new StringBuilder("\ndealbrain runs at ")
                .append(url)
                .append("  (what it can do: ")
                .append(url)
                .append("/docs)\n");
        adminPassword.ifPresent(password -> text.append("\nThe administrator is admin with the password ")
                .append(password)
                .append("\nIt is shown this once; DEALBRAIN_ADMIN_PASSWORD sets another.\n"));
        demo.ifPresent(access -> text.append("""

                Try it as the user demo:

                  export TOKEN=%1$s
                  curl -H "Authorization: Bearer $TOKEN" %2$s/api/v1/users/me
                  curl -H "Authorization: Bearer $TOKEN" '%2$s/api/v1/listings?q=ryzen&sort=price_usd&limit=3'
                  curl -i -H "Authorization: Bearer $TOKEN" %2$s/api/v1/collections/%3$d

                The last answers with 150 listings and all their parts, from one SQL statement
                and one for the token: see the header X-DB-Queries.
                """.formatted(access.token(), url, access.collectionId())));
        return text.toString();
    }

    static void printError(String reason) {
        PrintStream err = System.err;
        err.println(reason);
    }
}
