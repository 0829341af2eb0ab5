package dealbrain.postgres;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs an embedded server in a process of its own, for tests that kill the process. Prints the connection URL or the
 * message of the exception, then waits until its standard input ends.
 */
final class ServerProgram {
    private ServerProgram() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedPostgres postgres = new EmbeddedPostgres(Path.of(arguments[0]), Path.of(arguments[1]), true);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        System.out.println("starting");
        try {
            System.out.println(postgres.start());
        } catch (PostgresStartException e) {
            System.out.println(e.getMessage());
            return;
        }
        System.in.read();
    }
}
