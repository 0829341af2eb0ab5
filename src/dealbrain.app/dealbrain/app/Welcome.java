package dealbrain.app;

import dealbrain.operations.Version;
import java.io.PrintStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message after the start: a log line in production, otherwise a text with the first commands to try.
 *
 * @param adminPassword the password of {@code admin} if this start generated it; it is shown only once
 * @param demo          empty if the demo data are not loaded
 */
record Welcome(Config config, int port, Optional<String> adminPassword, Optional<DemoAccess> demo) {
    /** @param token a token of the user {@code demo} */
    record DemoAccess(String token, long collectionId) {}

    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

    void print(PrintStream out) {
        if (config.isProduction()) {
            LOG.atInfo()
                    .addKeyValue("version", Version.CURRENT.version())
                    .addKeyValue("url", config.http().localUrl(port))
                    .addKeyValue("public_url", config.http().publicUrl(port).base())
                    .log("started");
            adminPassword.ifPresent(password -> out.println(
                    "{\"message\":\"user admin created\",\"password_shown_this_once\":\"" + password + "\"}"));
        } else {
            out.println(text());
        }
        out.flush();
    }

    private String text() {
        String url = config.http().publicUrl(port).base();
        StringBuilder text = new StringBuilder("\ndealbrain runs at ")
                .append(url)
                .append("  (version ")
                .append(Version.CURRENT.version())
                .append(", API: ")
                .append(url)
                .append("/docs)\n");
        if (config.http().publicUrl().isPresent()) {
            text.append("It listens at ").append(config.http().localUrl(port)).append('\n');
        }
        adminPassword.ifPresent(password -> text.append("""

                User admin created. Password: %s
                It is shown only once. To set another password, start with DEALBRAIN_ADMIN_PASSWORD.
                """.formatted(password)));
        demo.ifPresent(access -> text.append("""

                Try it as the user demo:

                  export TOKEN=%1$s
                  curl -H "Authorization: Bearer $TOKEN" %2$s/api/v1/users/me
                  curl -H "Authorization: Bearer $TOKEN" '%2$s/api/v1/listings?q=ryzen&sort=price_usd&limit=3'
                  curl -i -H "Authorization: Bearer $TOKEN" '%2$s/api/v1/collections/%3$s?limit=3'

                The last command returns the first 3 of the 150 listings of a collection, with all their parts. It runs
                two SQL statements, one for the token and one for the collection: see the header X-DB-Queries.
                """.formatted(access.token(), url, access.collectionId())));
        return text.toString();
    }

    static void printError(String reason) {
        PrintStream err = System.err;
        err.println(reason);
    }
}
