package dealbrain.postgres;

import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;

/** A program of its own with an embedded server, for the tests that kill it: prints the URL, then waits for its input to end. */
final class ServerProgram {
    private ServerProgram() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedPostgres postgres = new EmbeddedPostgres(Path.of(arguments[0]), Path.of(arguments[1]), true);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        System.out.println("starting");
        try {
            DatabaseUrl url = postgres.start();
            System.out.println("postgresql://" + url.user() + ":" + url.password() + "@" + url.address());
        } catch (DatabaseUnavailableException e) {
            System.out.println(e.getMessage());
            return;
        }
        System.in.read();
    }
}
